package io.execd.http.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/**
 * Text in which {@code =} and two hexadecimal digits stand for a byte, and {@code =} at the end of
 * a line for nothing (RFC 2045, section 6.7). White space at the end of a line is kept, unless it
 * follows such a {@code =}: no transport adds any to what travels over HTTP.
 */
final class QuotedPrintable extends FilterInputStream {
  private static final int END = -1;

  /** Far more than a line of 76 characters may have. */
  private static final int PADDING = 80;

  QuotedPrintable(InputStream source) {
    super(source);
  }

  /**
   * One byte.
   *
   * @throws IOException when {@code =} is followed by something else
   */
  @Override
  public int read() throws IOException {
    int next = in.read();
    while (next == '=') {
      int first = in.read();
      if (HexFormat.isHexDigit(first)) {
        int second = in.read();
        if (!HexFormat.isHexDigit(second)) {
          throw malformed();
        }
        return HexFormat.fromHexDigit(first) << 4 | HexFormat.fromHexDigit(second);
      }
      skipLineEnd(first);
      next = in.read();
    }
    return next;
  }

  private void skipLineEnd(int first) throws IOException {
    int next = first;
    for (int i = 0; i < PADDING && (next == ' ' || next == '\t'); i++) {
      next = in.read();
    }
    if (next == '\r') {
      next = in.read();
    }
    if (next != '\n' && next != END) {
      throw malformed();
    }
  }

  private static IOException malformed() {
    return new IOException("= must be followed by two hexadecimal digits or the end of a line");
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = 0;
    for (int next = 0; count < length && next != END; ) {
      next = read();
      if (next != END) {
        target[offset + count++] = (byte) next;
      }
    }
    return count == 0 && length > 0 ? END : count;
  }
}
