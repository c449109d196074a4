package io.execd.application.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes a copy of a tree, which nobody else can look into before it is whole: content, mode, time
 * of the last change, and owner and group as far as the actor may. Each name of a file with several
 * becomes a file of its own; holes are filled; ACLs and other extended attributes stay behind.
 */
final class TreeCopy implements SourceTree.Visitor, AutoCloseable {
  private static final int BLOCK_BYTES = 256 * 1024;
  private static final int PLAIN_BITS = 0777;

  private final Folder top;
  private final FilePath root;
  private final FilePath copy;
  private final FilePath asked;
  private final Deque<Folder> inside = new ArrayDeque<>();
  private final OpenFolders folders = new OpenFolders();
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

  private TreeCopy(Folder top, FilePath root, FilePath copy, FilePath asked) {
    this.top = top;
    this.root = root;
    this.copy = copy;
    this.asked = asked;
  }

  /**
   * Makes it. What is left of it after a failure is the caller's to remove.
   *
   * @param copy what must not exist yet
   * @param asked what to call the copy in a failure
   */
  static void make(Folder top, SourceTree tree, FilePath copy, FilePath asked) {
    try (TreeCopy target = new TreeCopy(top, tree.root(), copy, asked)) {
      tree.visit(target);
    }
  }

  @Override
  public void file(SourceTree.Entry file) {
    try (OpenFile source = open(file);
        OpenFile target = around().open(name(file), Folder.Mode.CREATE_PRIVATE)) {
      requireSame(file, source);
      long at = 0;
      while (read(file, source, at)) {
        block.flip();
        int read = block.remaining();
        target.write(block, at);
        at += read;
      }
      dress(file.status(), target);
    } catch (FileError error) {
      throw failure(file, error);
    }
  }

  private static OpenFile open(SourceTree.Entry file) {
    try {
      return file.around().open(file.name(), Folder.Mode.READ);
    } catch (FileError error) {
      throw SourceTree.failure(file.path(), error);
    }
  }

  /** It may have become something else since it was looked at, even a link to something else. */
  private static void requireSame(SourceTree.Entry file, OpenFile source) {
    if (!source.status().id().equals(file.status().id())) {
      throw SourceTree.changed(file.path());
    }
  }

  private boolean read(SourceTree.Entry file, OpenFile source, long at) {
    try {
      return source.read(block.clear(), at) > 0;
    } catch (FileError error) {
      throw SourceTree.failure(file.path(), error);
    }
  }

  @Override
  public void link(SourceTree.Entry link) {
    String target = read(link);
    String name = name(link);
    try {
      around().makeLink(name, target);
      dress(link.status(), around(), name);
    } catch (FileError error) {
      throw failure(link, error);
    }
  }

  private static String read(SourceTree.Entry link) {
    try {
      return link.around().readLink(link.name());
    } catch (FileError error) {
      throw SourceTree.failure(link.path(), error);
    }
  }

  @Override
  public void enter(SourceTree.Entry folder) {
    String name = name(folder);
    try {
      around().makePrivateFolder(name);
      Folder made = around().folder(name, false);
      inside.push(made);
      folders.push(made);
    } catch (FileError error) {
      throw failure(folder, error);
    }
  }

  /** Out of it first: with its own mode there may be no way out any more. */
  @Override
  public void leave(SourceTree.Entry folder) {
    try (OpenFile made = around().open(".", Folder.Mode.READ)) {
      inside.pop();
      folders.pop(destination(folder));
      dress(folder.status(), made);
    } catch (FileError error) {
      throw failure(folder, error);
    }
  }

  private Folder around() {
    return inside.isEmpty() ? top : inside.element();
  }

  private String name(SourceTree.Entry entry) {
    return inside.isEmpty() ? copy.octets() : entry.name();
  }

  private FilePath destination(SourceTree.Entry entry) {
    String relative = entry.path().octets().substring(root.octets().length());
    return new FilePath(asked.octets() + relative);
  }

  private RuntimeException failure(SourceTree.Entry entry, FileError error) {
    return FileFailures.of(destination(entry), Destination.WRITE, error);
  }

  /** What cannot keep its owner does not keep the right to act as that owner either. */
  private static void dress(FileStatus old, OpenFile target) {
    boolean kept = Ownership.keep(target, old);
    target.setMode(kept ? old.mode() : old.mode() & PLAIN_BITS);
    target.setModified(old.modified());
  }

  private static void dress(FileStatus old, Folder around, String name) {
    FileStatus made = around.status(name, false);
    Ownership.keep(made, old, (uid, gid) -> around.setOwner(name, uid, gid, false));
    around.setModified(name, old.modified());
  }

  @Override
  public void close() {
    folders.close();
  }
}
