package io.execd.os.command;

import io.execd.domain.Failure;
import io.execd.domain.command.OutputLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log in a file of its own, which is open while it is read, and else only in the processes that
 * write to it. Not a FileChannel: an interrupted reader would close that.
 */
final class LogFile implements OutputLog {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path path;
  private volatile boolean closed;

  LogFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  @Override
  public long size() {
    if (closed) {
      return 0;
    }
    try {
      return Files.size(path);
    } catch (IOException gone) {
      throw new Failure(
          Failure.Code.RUNTIME_ERROR, "the log cannot be read: " + path + " is gone", gone);
    }
  }

  @Override
  public void copy(long from, long to, OutputStream sink) throws IOException {
    if (to <= from) {
      return;
    }
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, to - from)];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(from);
      long left = to - from;
      while (left > 0) {
        int size = file.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (size <= 0) {
          throw new IOException("the log ends at byte " + (to - left));
        }
        sink.write(chunk, 0, size);
        left -= size;
      }
    }
  }

  /** Removes the file; what has it open keeps it. */
  @Override
  public void close() {
    closed = true;
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove a log", e);
    }
  }
}
