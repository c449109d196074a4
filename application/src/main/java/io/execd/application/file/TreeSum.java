package io.execd.application.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.UUID;

/**
 * A number that two walks of a tree have in common when nothing in it changed between them, in
 * whatever order they came by.
 */
final class TreeSum implements SourceTree.Visitor {
  private long sum;

  private TreeSum() {}

  static long of(SourceTree tree) {
    TreeSum all = new TreeSum();
    tree.visit(all);
    return all.sum;
  }

  private void add(SourceTree.Entry entry) {
    String text = entry.path().octets() + '\0' + entry.status().tag();
    UUID digest = UUID.nameUUIDFromBytes(text.getBytes(ISO_8859_1));
    sum += digest.getLeastSignificantBits() ^ Long.rotateLeft(digest.getMostSignificantBits(), 32);
  }

  @Override
  public void file(SourceTree.Entry file) {
    add(file);
  }

  @Override
  public void link(SourceTree.Entry link) {
    add(link);
  }

  @Override
  public void enter(SourceTree.Entry folder) {
    add(folder);
  }

  @Override
  public void leave(SourceTree.Entry folder) {}
}
