package io.execd.bootstrap.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes each record to the log file at once. */
final class FileLog extends Handler {
  /** Guarded by this; a record is a few microseconds' append, and its order is the file's. */
  private final RotatingFile file;

  FileLog(RotatingFile file) {
    this.file = file;
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      write(getFormatter().format(record).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A full disk must not stop the daemon: the error manager says it once on stderr. */
  private synchronized void write(byte[] line) {
    try {
      file.write(line, 0, line.length);
    } catch (IOException e) {
      reportError("cannot write the log file", e, ErrorManager.WRITE_FAILURE);
    }
  }

  /** Goes on in the file that has the name now, as after a rotation by others. */
  synchronized void reopen() {
    try {
      file.reopen();
    } catch (IOException e) {
      reportError("cannot open the log file anew", e, ErrorManager.OPEN_FAILURE);
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      reportError("cannot close the log file", e, ErrorManager.CLOSE_FAILURE);
    }
  }
}
