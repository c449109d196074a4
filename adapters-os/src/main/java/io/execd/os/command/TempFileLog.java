package io.execd.os.command;

import io.execd.domain.command.OutputLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A log in a temporary file that only its owner may read. It has a name until {@link #unlink}, for
 * the process to open. Not a FileChannel: an interrupted reader would close that for everyone.
 */
final class TempFileLog implements OutputLog {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path path;
  private final RandomAccessFile file;

  /** Guards the file's position and {@link #closed}. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean closed;

  private TempFileLog(Path path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  static TempFileLog create() throws IOException {
    Path path = Files.createTempFile("execd-", ".log");
    try {
      return new TempFileLog(path);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Takes the name away; what has the file open keeps it. Idempotent. */
  void unlink() throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public long size() {
    lock.lock();
    try {
      return closed ? 0 : file.length();
    } catch (IOException e) {
      throw new IllegalStateException("cannot tell the size of a log", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void copy(long from, long to, OutputStream sink) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, Math.max(0, to - from))];
    long at = from;
    while (at < to) {
      int size = read(at, chunk, (int) Math.min(chunk.length, to - at));
      sink.write(chunk, 0, size);
      at += size;
    }
  }

  private int read(long at, byte[] chunk, int limit) throws IOException {
    lock.lock();
    try {
      file.seek(at);
      int size = file.read(chunk, 0, limit);
      if (size <= 0) {
        throw new IOException("the log ends at byte " + at);
      }
      return size;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot close a log", e);
    } finally {
      lock.unlock();
    }
  }
}
