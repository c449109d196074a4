package io.execd.bootstrap.logging;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes each record to stdout at once. Records that come while one is being written are written
 * together after it, by the same thread: the others need not wait for each other. Who finds too
 * much waiting does wait.
 */
final class StdoutHandler extends Handler {
  private static final int MOST_BYTES = 64 * 1024;
  private static final long FLUSH_SECONDS = 1;

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Both guarded by lock.
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean writing;

  /** Only the thread that is writing has it. */
  private ByteArrayOutputStream taken = new ByteArrayOutputStream();

  StdoutHandler(Formatter formatter) {
    this(formatter, new FileOutputStream(FileDescriptor.out));
  }

  StdoutHandler(Formatter formatter, OutputStream out) {
    this.out = out;
    setFormatter(formatter);
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
      if (mustWrite(line)) {
        writeAll();
      }
    }
  }

  /** False when somebody else is writing, who will also write this. */
  private boolean mustWrite(byte[] line) {
    lock.lock();
    try {
      while (writing && waiting.size() > MOST_BYTES) {
        changed.awaitUninterruptibly();
      }
      waiting.writeBytes(line);
      boolean first = !writing;
      writing = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void writeAll() {
    while (take()) {
      try {
        taken.writeTo(out);
      } catch (IOException failed) {
        reportError("cannot write the log", failed, ErrorManager.WRITE_FAILURE);
      }
      taken.reset();
    }
  }

  private boolean take() {
    lock.lock();
    try {
      ByteArrayOutputStream next = waiting;
      waiting = taken;
      taken = next;
      writing = next.size() > 0;
      changed.signalAll();
      return writing;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all is written, or nobody reads it. */
  @Override
  public void flush() {
    long left = TimeUnit.SECONDS.toNanos(FLUSH_SECONDS);
    lock.lock();
    try {
      while (writing && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Stdout stays open: others may have something to say until the very end. */
  @Override
  public void close() {
    flush();
  }
}
