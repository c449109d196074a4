package io.execd.jupyter.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a JSON text, a buffer ahead of what was asked for. Not thread-safe. */
final class JsonInput {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << 7;

  private final InputStream in;
  private final byte[] buffer;
  private final ByteBuffer words;
  private int next;
  private int end;

  JsonInput(InputStream in, int bufferBytes) {
    this.in = in;
    this.buffer = new byte[bufferBytes];
    this.words = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
  }

  /** The next character that is no white space. */
  int peek() throws IOException {
    while (true) {
      fill();
      int octet = buffer[next];
      if (octet != ' ' && octet != '\n' && octet != '\t' && octet != '\r') {
        return octet;
      }
      next++;
    }
  }

  /** What was peeked at. */
  int take() {
    return buffer[next++];
  }

  /** The next character that is no white space, taken. */
  int token() throws IOException {
    peek();
    return take();
  }

  /** The next byte, whatever it is. */
  int octet() throws IOException {
    fill();
    return take();
  }

  /** Whether there is a next byte, and it belongs to a number or a word; it is not taken. */
  boolean isScalar() throws IOException {
    return fillOrEnd() && isScalar(buffer[next]);
  }

  /**
   * Hands on what is in the buffer up to the next quote or backslash. Most text is long and has
   * few: it is looked at eight bytes at a time.
   *
   * @return whether there is one
   */
  boolean text(JsonScanner.Sink sink) throws IOException {
    fill();
    int from = next;
    int at = from;
    while (at + Long.BYTES <= end && isPlain(words.getLong(at))) {
      at += Long.BYTES;
    }
    while (at < end && buffer[at] != '"' && buffer[at] != '\\') {
      at++;
    }
    next = at;
    if (at > from) {
      sink.put(buffer, from, at);
    }
    return next < end;
  }

  private static boolean isPlain(long octets) {
    long quotes = octets ^ ONES * '"';
    long backslashes = octets ^ ONES * '\\';
    return (zeros(quotes) | zeros(backslashes)) == 0;
  }

  /** Subtracting sets the highest bit of a byte that was zero and did not have it. */
  private static long zeros(long octets) {
    return (octets - ONES) & ~octets & HIGHEST_BITS;
  }

  private static boolean isScalar(int octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || octet == '-'
        || octet == '+'
        || octet == '.';
  }

  private void fill() throws IOException {
    if (!fillOrEnd()) {
      throw new UnreadableException("its JSON is cut off");
    }
  }

  private boolean fillOrEnd() throws IOException {
    if (next < end) {
      return true;
    }
    next = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  static IOException malformed(int octet) {
    return new UnreadableException("its JSON does not continue with '" + (char) octet + "'");
  }
}
