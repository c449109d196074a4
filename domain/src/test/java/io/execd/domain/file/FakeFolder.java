package io.execd.domain.file;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** An open folder in memory. */
final class FakeFolder implements Folder {
  /** Few, so that tests see several batches. */
  private static final int BATCH = 3;

  private final FakeFileAccess files;
  private final FakeNode node;
  private final boolean top;
  private final Deque<Map.Entry<String, FakeNode>> rest = new ArrayDeque<>();
  private boolean begun;
  private boolean suspended;

  FakeFolder(FakeFileAccess files, FakeNode node, boolean top) {
    this.files = files;
    this.node = node;
    this.top = top;
  }

  private FakeNode find(String name, boolean follow) {
    requireOpen();
    return files.find(node, name, follow);
  }

  private void requireOpen() {
    if (suspended) {
      throw new IllegalStateException("the folder is suspended");
    }
  }

  /** The folder that a name is in: for the top folder names are paths. */
  private FakeNode around(String name) {
    int slash = name.lastIndexOf('/');
    FakeNode folder = top && slash > 0 ? find(name.substring(0, slash), true) : node;
    if (!folder.isFolder()) {
      throw FakeFileAccess.error("ENOTDIR");
    }
    return folder;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public Folder folder(String name, boolean follow) {
    FakeNode found = find(name, follow);
    if (!found.isFolder()) {
      throw FakeFileAccess.error("ENOTDIR");
    }
    if (found.locked) {
      throw FakeFileAccess.error("EACCES");
    }
    return new FakeFolder(files, found, false);
  }

  @Override
  public boolean next(Entries entries) {
    requireOpen();
    if (!begun) {
      rest.addAll(Map.copyOf(node.children).entrySet());
      begun = true;
    }
    for (int i = 0; i < BATCH && !rest.isEmpty(); i++) {
      Map.Entry<String, FakeNode> entry = rest.remove();
      entries.entry(entry.getKey(), entry.getValue().type);
    }
    return !rest.isEmpty();
  }

  @Override
  public void rewind() {
    rest.clear();
    begun = false;
  }

  @Override
  public void suspend() {
    suspended = true;
  }

  @Override
  public void resume(Folder child) {
    FakeFolder below = (FakeFolder) child;
    below.requireOpen();
    if (!node.children.containsValue(below.node)) {
      throw FakeFileAccess.error("ESTALE");
    }
    suspended = false;
  }

  @Override
  public FileStatus status(String name, boolean follow) {
    return find(name, follow).status();
  }

  @Override
  public OpenFile open(String name, Mode mode) {
    return switch (mode) {
      case READ -> opened(find(name, true), false);
      case WRITE -> opened(find(name, false), true);
      case WRITE_THROUGH -> opened(find(name, true), true);
      case CREATE -> created(name, 0644);
      case CREATE_PRIVATE -> created(name, 0600);
    };
  }

  private OpenFile opened(FakeNode found, boolean write) {
    if (write && found.isFolder()) {
      throw FakeFileAccess.error("EISDIR");
    }
    if (write && found.type == FileType.SYMLINK) {
      throw FakeFileAccess.error("ELOOP");
    }
    return new FakeOpenFile(files, found);
  }

  private OpenFile created(String name, int mode) {
    FakeNode file = FakeNode.file(mode);
    add(name, file);
    return new FakeOpenFile(files, file);
  }

  private void add(String name, FakeNode child) {
    if (around(name).shut) {
      throw FakeFileAccess.error("EACCES");
    }
    if (around(name).children.putIfAbsent(last(name), child) != null) {
      throw FakeFileAccess.error("EEXIST");
    }
  }

  @Override
  public String readLink(String name) {
    FakeNode found = find(name, false);
    if (found.type != FileType.SYMLINK) {
      throw FakeFileAccess.error("EINVAL");
    }
    return found.link;
  }

  @Override
  public boolean isMagicLink(String name) {
    return find(name, false).magic;
  }

  @Override
  public void makeFolder(String name) {
    add(name, FakeNode.folder());
  }

  @Override
  public void makePrivateFolder(String name) {
    FakeNode folder = FakeNode.folder();
    folder.setMode(0700);
    add(name, folder);
  }

  @Override
  public void makeLink(String name, String target) {
    add(name, FakeNode.link(target));
  }

  @Override
  public void remove(String name) {
    if (find(name, false).isFolder()) {
      throw FakeFileAccess.error("EISDIR");
    }
    around(name).children.remove(last(name));
  }

  @Override
  public void removeFolder(String name) {
    FakeNode found = find(name, false);
    if (!found.isFolder()) {
      throw FakeFileAccess.error("ENOTDIR");
    }
    if (!found.children.isEmpty()) {
      throw FakeFileAccess.error("ENOTEMPTY");
    }
    around(name).children.remove(last(name));
  }

  @Override
  public void rename(String name, Folder target, String targetName, boolean replace) {
    FakeNode moved = find(name, false);
    FakeNode to = ((FakeFolder) target).around(targetName);
    if (files.isAcross(name, targetName)) {
      throw FakeFileAccess.error("EXDEV");
    }
    FakeNode there = to.children.get(last(targetName));
    if (there != null && !replace) {
      throw FakeFileAccess.error("EEXIST");
    }
    if (there != null && there.isFolder() && !moved.isFolder()) {
      throw FakeFileAccess.error("EISDIR");
    }
    if (there != null && there.busy) {
      throw FakeFileAccess.error("EBUSY");
    }
    around(name).children.remove(last(name));
    to.children.put(last(targetName), moved);
  }

  @Override
  public void setMode(String name, int mode) {
    find(name, true).setMode(mode);
  }

  @Override
  public void setOwner(String name, long uid, long gid, boolean follow) {
    find(name, follow).setOwner(uid, gid);
  }

  @Override
  public void setModified(String name, Instant time) {
    find(name, false).setModified(time);
  }

  @Override
  public void requireWritable(String name) {
    if (find(name, true).kept) {
      throw FakeFileAccess.error("EACCES");
    }
  }

  @Override
  public void close() {}
}
