package io.execd.bootstrap.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Writes each record to stdout at once. */
final class StdoutHandler extends StreamHandler {

  StdoutHandler(Formatter formatter) {
    super(new FileOutputStream(FileDescriptor.out), formatter);
  }

  @Override
  public synchronized void publish(LogRecord record) {
    super.publish(record);
    flush();
  }

  /** Stdout stays open: others may have something to say until the very end. */
  @Override
  public synchronized void close() {
    flush();
  }
}
