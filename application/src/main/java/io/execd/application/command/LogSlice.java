package io.execd.application.command;

import io.execd.domain.command.OutputLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A part of a command's log, fixed when it was asked for: bytes {@code from} to {@code to}. */
public final class LogSlice {
  private final OutputLog log;
  private final long from;
  private final long to;

  private LogSlice(OutputLog log, long from, long to) {
    this.log = log;
    this.from = from;
    this.to = to;
  }

  /** Everything from an offset on; an offset beyond the end means the end. */
  static LogSlice rest(OutputLog log, long from) {
    long end = log.size();
    return new LogSlice(log, Math.min(from, end), end);
  }

  /**
   * The same of a log that still grows, without a character at its end that has only begun: clients
   * decode each slice by itself.
   */
  static LogSlice wholeCharacters(OutputLog log, long from) throws IOException {
    LogSlice rest = rest(log, from);
    ByteArrayOutputStream tail = new ByteArrayOutputStream(3);
    log.copy(Math.max(rest.from, rest.to - 3), rest.to, tail);
    return new LogSlice(log, rest.from, rest.to - begun(tail.toByteArray()));
  }

  /** How many bytes at the end are a UTF-8 character that lacks bytes. */
  private static int begun(byte[] tail) {
    for (int count = 1; count <= tail.length; count++) {
      int octet = tail[tail.length - count] & 0xff;
      if (octet >= 0xc0) {
        int whole = octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
        return count < whole ? count : 0;
      }
      if (octet < 0x80) {
        return 0;
      }
    }
    return 0;
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
