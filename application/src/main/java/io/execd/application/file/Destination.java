package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.util.Optional;

/** Where a file is to be put: where a link there leads to, and what is there already. */
final class Destination {
  static final String WRITE = "write it";
  private static final int MOST_LINKS = 40;

  private final FilePath path;
  private final Optional<FileStatus> existing;
  private final boolean through;

  private Destination(FilePath path, Optional<FileStatus> existing, boolean through) {
    this.path = path;
    this.existing = existing;
    this.through = through;
  }

  FilePath path() {
    return path;
  }

  /** The file that will be replaced; the new one takes its mode and owner. */
  Optional<FileStatus> existing() {
    return existing;
  }

  /** Whether the path is a link of the kernel, which only an open file has behind it. */
  boolean isThrough() {
    return through;
  }

  /** How the file that is there is opened to be written. */
  Folder.Mode opening() {
    return through ? Folder.Mode.WRITE_THROUGH : Folder.Mode.WRITE;
  }

  /** Whether this file can be expected to take the place in one step. */
  boolean isReplacedBy(FilePath file) {
    return !through
        && !existing.map(FileStatus::mountPoint).orElse(false)
        && file.parent().equals(path.parent());
  }

  /**
   * Lets a file take this place in one step.
   *
   * @return false when that cannot be, but what is there may be written in place
   * @throws FileError when it cannot be for another reason
   */
  boolean replace(Folder top, FilePath file) {
    if (!isReplacedBy(file)) {
      return false;
    }
    try {
      top.rename(file.octets(), top, path.octets(), true);
      return true;
    } catch (FileError refused) {
      if (existing.isPresent() && (refused.is("EBUSY") || isRefusedName(refused))) {
        return false;
      }
      throw refused;
    }
  }

  /**
   * Whether this is what a folder says, in which there is a file, that takes no new name or does
   * not let go of one. That of {@code /proc} says ENOENT.
   */
  static boolean isRefusedName(FileError error) {
    return error.is("EACCES") || error.is("EPERM") || error.is("EROFS") || error.is("ENOENT");
  }

  /**
   * Follows links to the end, and asks the kernel whether the file there may be written.
   *
   * @throws io.execd.domain.Failure INVALID_FILE when it is a directory, CONFLICT when it is
   *     something else that is no file
   */
  static Destination find(Folder top, FilePath asked) {
    FilePath path = asked;
    for (int i = 0; i < MOST_LINKS; i++) {
      Optional<FileStatus> status = status(top, path, false);
      if (status.isEmpty()) {
        return new Destination(path, status, false);
      }
      if (status.get().type() != FileType.SYMLINK) {
        return existing(top, path, status.get(), false);
      }
      if (top.isMagicLink(path.octets())) {
        FileStatus behind = status(top, path, true).orElseThrow(() -> isGone(asked));
        return existing(top, path, behind, true);
      }
      path = path.resolve(top.readLink(path.octets()));
    }
    throw FileFailures.of(Code.CONFLICT, asked, WRITE, "too many levels of symbolic links");
  }

  private static Failure isGone(FilePath path) {
    return FileFailures.of(Code.FILE_NOT_FOUND, path, WRITE, "a link in it leads to nothing");
  }

  private static Optional<FileStatus> status(Folder top, FilePath path, boolean follow) {
    if (path.isRoot() || path.name().isEmpty()) {
      throw isDirectory(path);
    }
    try {
      return Optional.of(top.status(path.octets(), follow));
    } catch (FileError error) {
      if (error.is("ENOENT")) {
        return Optional.empty();
      }
      throw FileFailures.of(path, WRITE, error);
    }
  }

  private static Failure isDirectory(FilePath path) {
    return FileFailures.of(Code.INVALID_FILE, path, WRITE, "it is a directory");
  }

  /** To replace a file takes rights on its folder only; to change it takes rights on itself. */
  private static Destination existing(
      Folder top, FilePath path, FileStatus status, boolean through) {
    if (status.isDirectory()) {
      throw isDirectory(path);
    }
    if (status.type() != FileType.FILE) {
      throw FileFailures.of(Code.CONFLICT, path, WRITE, "it is no regular file");
    }
    Destination found = new Destination(path, Optional.of(status), through);
    try (OpenFile _ = top.open(path.octets(), found.opening())) {
      // It may be opened: that was the question.
    } catch (FileError error) {
      if (!error.is("ETXTBSY") && !error.isMissing()) {
        throw FileFailures.of(path, WRITE, error);
      }
    }
    return found;
  }

  /** A name beside the destination. */
  FilePath sibling(String name) {
    return path.parent().child(name);
  }
}
