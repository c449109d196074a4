package io.execd.bootstrap.logging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A log handler that never makes its caller wait: records go into a bounded queue, and one thread
 * of its own formats and writes them in order. What finds the queue full is dropped; how much that
 * was is written as soon as the log flows again. Thread-safe.
 */
final class QueuedHandler extends Handler {
  /** Records that may wait. */
  static final int MOST_RECORDS = 4096;

  /** Characters of their messages and words: a path in one may be 32 KiB long. */
  private static final int MOST_CHARS = 512 * 1024;

  private static final long FLUSH_SECONDS = 1;

  /** Waking the thread for each line takes longer than the line: those of 5 ms go together. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();

  // Guarded by lock.
  private List<LogRecord> waiting = new ArrayList<>();
  private int waitingChars;
  private int dropped;
  private boolean writing;
  private boolean reopening;

  /** Starts the thread that writes; what the stream throws goes to the error manager, once. */
  QueuedHandler(Formatter formatter, OutputStream out) {
    this.out = out;
    setFormatter(formatter);
    Thread.ofPlatform().name("execd-log").daemon().start(this::writeAll);
  }

  @Override
  public void publish(@Nullable LogRecord record) {
    if (record == null || !isLoggable(record)) {
      return;
    }
    int chars = chars(record);
    lock.lock();
    try {
      if (waiting.size() >= MOST_RECORDS || waitingChars + chars > MOST_CHARS) {
        dropped++;
        return;
      }
      waiting.add(record);
      waitingChars += chars;
      if (waiting.size() == 1) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private static int chars(LogRecord record) {
    int chars = record.getMessage() == null ? 0 : record.getMessage().length();
    Object[] parameters = record.getParameters();
    for (int i = 0; parameters != null && i < parameters.length; i++) {
      chars += parameters[i] instanceof String text ? text.length() : 0;
    }
    return chars;
  }

  private void writeAll() {
    while (true) {
      awaitRecord();
      LockSupport.parkNanos(GATHER_NANOS);
      reopenIfAsked();
      write(lines(take()));
    }
  }

  private void awaitRecord() {
    lock.lock();
    try {
      writing = false;
      emptied.signalAll();
      while (waiting.isEmpty() && !reopening) {
        filled.awaitUninterruptibly();
      }
      writing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Goes on in the file that has the name then, as after a rotation by others; does not wait. */
  void reopen() {
    lock.lock();
    try {
      reopening = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  private void reopenIfAsked() {
    boolean asked;
    lock.lock();
    try {
      asked = reopening;
      reopening = false;
    } finally {
      lock.unlock();
    }
    if (asked && out instanceof RotatingFile file) {
      try {
        file.reopen();
      } catch (IOException failed) {
        reportError("cannot open the log file anew", failed, ErrorManager.OPEN_FAILURE);
      }
    }
  }

  private List<LogRecord> take() {
    lock.lock();
    try {
      List<LogRecord> taken = waiting;
      waiting = new ArrayList<>();
      waitingChars = 0;
      if (dropped > 0) {
        taken.add(droppedLine(dropped));
        dropped = 0;
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private static LogRecord droppedLine(int count) {
    LogRecord line = new LogRecord(Level.WARNING, "log lines dropped, not read in time: " + count);
    line.setLoggerName(QueuedHandler.class.getName());
    return line;
  }

  /** One piece for each record, so that a file is changed between two of them. */
  private List<byte[]> lines(List<LogRecord> records) {
    return records.stream()
        .map(record -> getFormatter().format(record).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  /** A full disk must not end the log: the error manager says it once on stderr. */
  private void write(List<byte[]> lines) {
    try {
      if (out instanceof RotatingFile file) {
        for (byte[] line : lines) {
          file.write(line);
        }
      } else {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        lines.forEach(joined::writeBytes);
        joined.writeTo(out);
      }
    } catch (IOException failed) {
      reportError("cannot write the log", failed, ErrorManager.WRITE_FAILURE);
    }
  }

  /** Waits until all is written, for a second at most: the log may have no reader. */
  @Override
  public void flush() {
    long left = TimeUnit.SECONDS.toNanos(FLUSH_SECONDS);
    lock.lock();
    try {
      while ((writing || !waiting.isEmpty()) && left > 0) {
        left = emptied.awaitNanos(left);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The stream stays open: others may have something to say until the very end. */
  @Override
  public void close() {
    flush();
  }
}
