package io.execd.application.command;

import io.execd.domain.command.OutputLog;
import java.io.IOException;
import java.io.OutputStream;

/** A part of a command's log, fixed when it was asked for: bytes {@code from} to {@code to}. */
public final class LogSlice {
  private final OutputLog log;
  private final long from;
  private final long to;

  LogSlice(OutputLog log, long from, long to) {
    this.log = log;
    this.from = from;
    this.to = to;
  }

  /** The number of bytes. */
  public long length() {
    return to - from;
  }

  /** The offset after the last byte: where the next slice starts. */
  public long end() {
    return to;
  }

  /** Writes the bytes; blocks while the sink does. */
  public void writeTo(OutputStream sink) throws IOException {
    log.copy(from, to, sink);
  }
}
