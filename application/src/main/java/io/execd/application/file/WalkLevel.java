package io.execd.application.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One folder of a walk, which others open and close, and where in it the walk is. */
final class WalkLevel implements AutoCloseable {
  private final Folder folder;
  private final FilePath path;

  /** From the root down to here, with a slash at the end; empty at the root. */
  private final String relative;

  /** Null when order does not matter. */
  private final Optional<NameWindow> window;

  private final Deque<Entry> ready = new ArrayDeque<>();
  private boolean over;

  /** A name in a folder. */
  record Entry(String name, FileType type) {}

  private WalkLevel(Folder folder, FilePath path, String relative, Optional<NameWindow> window) {
    this.folder = folder;
    this.path = path;
    this.relative = relative;
    this.window = window;
  }

  static WalkLevel unordered(Folder folder, FilePath path) {
    return new WalkLevel(folder, path, "", Optional.empty());
  }

  static WalkLevel ordered(Folder folder, FilePath path, int names) {
    return new WalkLevel(folder, path, "", Optional.of(new NameWindow(names)));
  }

  WalkLevel below(Entry entry, Folder opened) {
    return new WalkLevel(
        opened, path(entry), relative(entry) + "/", window.map(NameWindow::ofLevelBelow));
  }

  /** The next entry; what cannot be read counts as the end. */
  Optional<Entry> next() {
    while (ready.isEmpty() && !over) {
      try {
        over = !fill();
      } catch (FileError unreadable) {
        over = true;
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  /** False when this was the last time. */
  private boolean fill() {
    if (window.isPresent()) {
      return window.get().fill(folder, ready);
    }
    return folder.next((name, type) -> ready.add(new Entry(name, type)));
  }

  Folder folder() {
    return folder;
  }

  FilePath path() {
    return path;
  }

  FilePath path(Entry entry) {
    return path.child(entry.name());
  }

  String relative(Entry entry) {
    return relative + entry.name();
  }

  Optional<FileStatus> status(Entry entry) {
    try {
      return Optional.of(folder.status(entry.name(), false));
    } catch (FileError goneOrForbidden) {
      return Optional.empty();
    }
  }

  Optional<Folder> open(Entry entry) {
    try {
      return Optional.of(folder.folder(entry.name(), false));
    } catch (FileError noFolderOrForbidden) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    window.ifPresent(NameWindow::close);
  }
}
