package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A file, link or folder with all in it that is to be moved. A walk leaves nothing out: it ends
 * with a failure at whatever cannot be read, copied, or removed later. Each folder is opened from
 * the one above it and never by way of a link.
 */
final class SourceTree {
  static final String MOVE = "move it to another file system";

  private final Folder top;
  private final FilePath root;
  private final boolean folder;
  private final long device;
  private final FileStatus.Id target;

  /** Gets what is in the tree, the root first; it throws what its own work ends with. */
  interface Visitor {
    void file(Entry file);

    void link(Entry link);

    /** Before what is in it. */
    void enter(Entry folder);

    /** After what is in it. */
    void leave(Entry folder);
  }

  /**
   * Something in the tree.
   *
   * @param around where its name is
   */
  record Entry(Folder around, String name, FilePath path, FileStatus status) {}

  private record Level(Entry entry, Folder folder, NameQueue names) {}

  /**
   * The tree of this root, which is not looked through yet.
   *
   * @param target the folder that it is to go to, which must not be in it
   * @throws FileError when one of the two cannot be looked at
   */
  SourceTree(Folder top, FilePath root, FilePath target) {
    this.top = top;
    this.root = root;
    this.folder = top.status(root.octets(), false).isDirectory();
    this.device = top.status(root.parent().octets(), true).id().device();
    this.target = top.status(target.octets(), true).id();
  }

  FilePath root() {
    return root;
  }

  boolean isFolder() {
    return folder;
  }

  void visit(Visitor visitor) {
    new Walk(visitor).run();
  }

  /** What is told of an error that something in the tree gave. */
  static Failure failure(FilePath path, FileError error) {
    return error.isMissing() ? changed(path) : FileFailures.of(path, MOVE, error);
  }

  static Failure changed(FilePath path) {
    return FileFailures.of(Code.CONFLICT, path, MOVE, "it has been changed meanwhile");
  }

  private final class Walk {
    private final Visitor visitor;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final OpenFolders folders = new OpenFolders();

    Walk(Visitor visitor) {
      this.visitor = visitor;
    }

    void run() {
      try {
        take(top, root.octets(), root);
        while (!levels.isEmpty()) {
          step(levels.element());
        }
      } finally {
        folders.close();
      }
    }

    private void step(Level level) {
      FilePath path = level.entry.path();
      if (hasNext(level)) {
        String name = level.names.next();
        take(level.folder, name, path.child(name));
        return;
      }
      visitor.leave(level.entry);
      levels.pop();
      folders.pop(path);
    }

    private static boolean hasNext(Level level) {
      try {
        return level.names.hasNext();
      } catch (FileError error) {
        throw failure(level.entry.path(), error);
      }
    }

    private void take(Folder around, String name, FilePath path) {
      Entry entry = new Entry(around, name, path, status(around, name, path));
      requireMovable(entry);
      switch (entry.status.type()) {
        case FILE -> visitor.file(entry);
        case SYMLINK -> visitor.link(entry);
        case DIRECTORY -> enter(entry);
        case OTHER ->
            throw FileFailures.of(Code.RUNTIME_ERROR, path, MOVE, "it is a device, FIFO or socket");
      }
    }

    private static FileStatus status(Folder around, String name, FilePath path) {
      try {
        return around.status(name, false);
      } catch (FileError error) {
        throw failure(path, error);
      }
    }

    private void enter(Entry entry) {
      try {
        Folder folder = entry.around.folder(entry.name, false);
        folders.push(folder);
        Level level = new Level(entry, folder, new NameQueue(folder));
        levels.push(level);
        if (level.names.hasNext()) {
          folder.requireWritable(".");
        }
      } catch (FileError error) {
        throw failure(entry.path, error);
      }
      visitor.enter(entry);
    }

    /**
     * What is mounted in the tree is not part of it, and its mount point could not be removed.
     * Where the machine does not tell of all mounts, the tree could lead to the target and so have
     * no end.
     */
    private void requireMovable(Entry entry) {
      FileStatus.Id id = entry.status.id();
      if (entry.status.mountPoint() || (entry.status.isDirectory() && id.device() != device)) {
        throw FileFailures.of(Code.CONFLICT, entry.path, MOVE, "something is mounted there");
      }
      if (id.equals(target)) {
        throw FileFailures.of(
            Code.INVALID_REQUEST, entry.path, MOVE, "it is the folder that it would go to");
      }
    }
  }
}
