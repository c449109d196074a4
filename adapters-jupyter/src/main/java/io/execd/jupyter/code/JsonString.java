package io.execd.jupyter.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one string behind its opening quote, and hands its text on as UTF-8. Halves of surrogate
 * pairs come one by one; one that stays alone becomes U+FFFD. Not thread-safe.
 */
final class JsonString {
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private final JsonInput in;
  private final JsonScanner.Sink sink;
  private final JsonScanner.Sink plain = this::plain;
  private final byte[] one = new byte[1];
  private int pendingHigh;

  JsonString(JsonInput in, JsonScanner.Sink sink) {
    this.in = in;
    this.sink = sink;
  }

  /** Reads it, with its closing quote. */
  void read() throws IOException {
    while (true) {
      if (in.text(plain)) {
        if (in.take() == '"') {
          endPending();
          return;
        }
        escape();
      }
    }
  }

  private void plain(byte[] bytes, int from, int to) throws IOException {
    endPending();
    sink.put(bytes, from, to);
  }

  private void escape() throws IOException {
    int letter = in.octet();
    if (letter == 'u') {
      unicode(hex4());
      return;
    }
    endPending();
    one[0] =
        switch (letter) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case '"', '\\', '/' -> (byte) letter;
          default -> throw JsonInput.malformed(letter);
        };
    sink.put(one, 0, 1);
  }

  private int hex4() throws IOException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int octet = in.octet();
      int digit = Character.digit(octet, 16);
      if (digit < 0) {
        throw JsonInput.malformed(octet);
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  private void unicode(int unit) throws IOException {
    if (pendingHigh != 0 && Character.isLowSurrogate((char) unit)) {
      int codePoint = Character.toCodePoint((char) pendingHigh, (char) unit);
      pendingHigh = 0;
      character(codePoint);
      return;
    }
    endPending();
    if (Character.isHighSurrogate((char) unit)) {
      pendingHigh = unit;
    } else if (Character.isLowSurrogate((char) unit)) {
      sink.put(REPLACEMENT, 0, REPLACEMENT.length);
    } else {
      character(unit);
    }
  }

  private void character(int codePoint) throws IOException {
    byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    sink.put(bytes, 0, bytes.length);
  }

  private void endPending() throws IOException {
    if (pendingHigh != 0) {
      pendingHigh = 0;
      sink.put(REPLACEMENT, 0, REPLACEMENT.length);
    }
  }
}
