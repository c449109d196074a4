package io.execd.application.file;

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

  private Destination(FilePath path, Optional<FileStatus> existing) {
    this.path = path;
    this.existing = existing;
  }

  FilePath path() {
    return path;
  }

  /** The file that will be replaced; the new one takes its mode and owner. */
  Optional<FileStatus> existing() {
    return existing;
  }

  /**
   * Follows links to the end, and asks the kernel whether the file there may be written.
   *
   * @throws io.execd.domain.Failure CONFLICT when something other than a file is there
   */
  static Destination find(Folder top, FilePath asked) {
    FilePath path = asked;
    for (int i = 0; i < MOST_LINKS; i++) {
      Optional<FileStatus> status = status(top, path);
      if (status.isEmpty() || status.get().type() != FileType.SYMLINK) {
        if (status.isPresent()) {
          requireWritable(top, path, status.get());
        }
        return new Destination(path, status);
      }
      path = path.resolve(top.readLink(path.octets()));
    }
    throw FileFailures.of(Code.CONFLICT, asked, WRITE, "too many levels of symbolic links");
  }

  private static Optional<FileStatus> status(Folder top, FilePath path) {
    if (path.isRoot() || path.name().isEmpty()) {
      throw FileFailures.of(Code.CONFLICT, path, WRITE, "it is a directory");
    }
    try {
      return Optional.of(top.status(path.octets(), false));
    } catch (FileError error) {
      if (error.is("ENOENT")) {
        return Optional.empty();
      }
      throw FileFailures.of(path, WRITE, error);
    }
  }

  /** To replace a file takes rights on its folder only; to change it takes rights on itself. */
  private static void requireWritable(Folder top, FilePath path, FileStatus status) {
    if (status.type() != FileType.FILE) {
      String what = status.isDirectory() ? "it is a directory" : "it is no regular file";
      throw FileFailures.of(Code.CONFLICT, path, WRITE, what);
    }
    try (OpenFile _ = top.open(path.octets(), Folder.Mode.WRITE)) {
      // It may be opened: that was the question.
    } catch (FileError error) {
      if (!error.is("ETXTBSY") && !error.isMissing()) {
        throw FileFailures.of(path, WRITE, error);
      }
    }
  }

  /** A name beside the destination. */
  FilePath sibling(String name) {
    return path.parent().child(name);
  }
}
