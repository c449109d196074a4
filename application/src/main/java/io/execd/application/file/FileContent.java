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
import java.nio.ByteBuffer;
import java.util.Optional;

/** A regular file that is open to be read. For one thread at a time. */
public final class FileContent implements AutoCloseable {
  private static final String READ = "read it";

  private final Actor actor;
  private final FilePath path;
  private final OpenFile file;
  private final FileStatus status;

  private FileContent(Actor actor, FilePath path, OpenFile file, FileStatus status) {
    this.actor = actor;
    this.path = path;
    this.file = file;
    this.status = status;
  }

  static FileContent open(Actor actor, FilePath path) {
    return actor.briefly(top -> open(actor, top, path));
  }

  /** Looks first: to open a device may do something. */
  private static FileContent open(Actor actor, Folder top, FilePath path) {
    try {
      requireFile(path, top.status(path.octets(), true));
      OpenFile file = top.open(path.octets(), Folder.Mode.READ);
      try {
        FileStatus status = file.status();
        requireFile(path, status);
        return new FileContent(actor, path, file, status);
      } catch (FileError | Failure refused) {
        file.close();
        throw refused;
      }
    } catch (FileError error) {
      throw FileFailures.looking(path, READ, error);
    }
  }

  private static void requireFile(FilePath path, FileStatus status) {
    if (status.type() != FileType.FILE) {
      String what = status.isDirectory() ? "it is a directory" : "it is a device, FIFO or socket";
      throw FileFailures.of(Code.INVALID_FILE, path, READ, what);
    }
  }

  public FilePath path() {
    return path;
  }

  /** What was known of it when it was opened. */
  public FileStatus status() {
    return status;
  }

  /**
   * Reads once, from a position on.
   *
   * @return how many bytes; 0 at the end
   */
  public int read(ByteBuffer target, long position) {
    try {
      // What is open may be read, whoever opened it.
      return actor.ports().access().briefly(Optional.empty(), top -> file.read(target, position));
    } catch (FileError error) {
      throw FileFailures.of(path, READ, error);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
