package io.execd.jupyter.code;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value piece by piece, with text going from bytes to bytes: no value has to fit
 * into memory. What is not JSON is an IOException. Not thread-safe.
 */
final class JsonScanner {
  private static final int DEPTH = 200;
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private final InputStream in;
  private final byte[] buffer;
  private final byte[] one = new byte[1];
  private int next;
  private int end;
  private int pendingHigh;

  /** Takes text as it is read. */
  interface Sink {
    void put(byte[] bytes, int from, int to) throws IOException;
  }

  /** Takes one field of an object; must read its value to the end. */
  interface Field {
    void read(String name) throws IOException;
  }

  /** Reads up to the end of the input, at most a buffer ahead of what was asked for. */
  JsonScanner(InputStream in, int bufferBytes) {
    this.in = in;
    this.buffer = new byte[bufferBytes];
  }

  /** Reads an object; anything else is skipped, as if it were empty. */
  void object(Field field) throws IOException {
    if (peek() != '{') {
      skip();
      return;
    }
    take();
    if (peek() == '}') {
      take();
      return;
    }
    int separator;
    do {
      String name = string(1024);
      expect(':');
      field.read(name);
      separator = token();
    } while (separator == ',');
    if (separator != '}') {
      throw malformed(separator);
    }
  }

  /** Reads an array; anything else is skipped, as if it were empty. */
  void array(Runner element) throws IOException {
    if (peek() != '[') {
      skip();
      return;
    }
    take();
    if (peek() == ']') {
      take();
      return;
    }
    int separator;
    do {
      element.run();
      separator = token();
    } while (separator == ',');
    if (separator != ']') {
      throw malformed(separator);
    }
  }

  /** Reads one element of an array to its end. */
  interface Runner {
    void run() throws IOException;
  }

  /** A string's beginning, or the JSON text of another value; no more than this many bytes. */
  String string(int most) throws IOException {
    Pieces text = new Pieces(most);
    text(text);
    return text.toText();
  }

  /** The same, but null for null. */
  @Nullable String stringOrNull(int most) throws IOException {
    String raw = string(most);
    return raw.equals("null") ? null : raw;
  }

  /** A whole number; 0 for everything else. */
  int number() throws IOException {
    try {
      return Integer.parseInt(string(32).strip());
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  /** A string's text, or the JSON text of another value. */
  void text(Sink sink) throws IOException {
    if (peek() == '"') {
      take();
      stringRest(sink);
    } else {
      raw(sink, 0);
    }
  }

  void skip() throws IOException {
    text((bytes, from, to) -> {});
  }

  private void stringRest(Sink sink) throws IOException {
    while (true) {
      fill();
      int from = next;
      while (next < end && buffer[next] != '"' && buffer[next] != '\\') {
        next++;
      }
      plain(sink, from);
      if (next < end) {
        if (take() == '"') {
          endPending(sink);
          return;
        }
        escape(sink);
      }
    }
  }

  private void plain(Sink sink, int from) throws IOException {
    if (next > from) {
      endPending(sink);
      sink.put(buffer, from, next);
    }
  }

  private void escape(Sink sink) throws IOException {
    int letter = octet();
    if (letter == 'u') {
      unicode(hex4(), sink);
      return;
    }
    endPending(sink);
    int meant =
        switch (letter) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case '"', '\\', '/' -> letter;
          default -> throw malformed(letter);
        };
    copy(meant, sink);
  }

  /** Halves of surrogate pairs come one by one; one that stays alone becomes U+FFFD. */
  private void unicode(int unit, Sink sink) throws IOException {
    if (pendingHigh != 0 && Character.isLowSurrogate((char) unit)) {
      int codePoint = Character.toCodePoint((char) pendingHigh, (char) unit);
      pendingHigh = 0;
      character(codePoint, sink);
      return;
    }
    endPending(sink);
    if (Character.isHighSurrogate((char) unit)) {
      pendingHigh = unit;
    } else if (Character.isLowSurrogate((char) unit)) {
      sink.put(REPLACEMENT, 0, REPLACEMENT.length);
    } else {
      character(unit, sink);
    }
  }

  private static void character(int codePoint, Sink sink) throws IOException {
    byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    sink.put(bytes, 0, bytes.length);
  }

  private void endPending(Sink sink) throws IOException {
    if (pendingHigh != 0) {
      pendingHigh = 0;
      sink.put(REPLACEMENT, 0, REPLACEMENT.length);
    }
  }

  private int hex4() throws IOException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int octet = octet();
      int digit = Character.digit(octet, 16);
      if (digit < 0) {
        throw malformed(octet);
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  /** A value that is no string, as it stands. */
  private void raw(Sink sink, int depth) throws IOException {
    int open = peek();
    if (open != '{' && open != '[') {
      scalar(sink);
      return;
    }
    if (depth > DEPTH) {
      throw new IOException("JSON is nested too deeply");
    }
    int close = open == '{' ? '}' : ']';
    copy(take(), sink);
    while (peek() != close) {
      int token = peek();
      if (token == '"') {
        rawString(sink);
      } else if (token == ',' || token == ':') {
        copy(take(), sink);
      } else {
        raw(sink, depth + 1);
      }
    }
    copy(take(), sink);
  }

  private void rawString(Sink sink) throws IOException {
    copy(take(), sink);
    boolean escaped = false;
    while (true) {
      int octet = octet();
      copy(octet, sink);
      if (octet == '"' && !escaped) {
        return;
      }
      escaped = octet == '\\' && !escaped;
    }
  }

  private void scalar(Sink sink) throws IOException {
    int from = next;
    boolean any = false;
    while (fillOrEnd() && isScalar(buffer[next])) {
      copy(take(), sink);
      any = true;
    }
    if (!any) {
      throw malformed(from < end ? buffer[from] : -1);
    }
  }

  private static boolean isScalar(int octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || octet == '-'
        || octet == '+'
        || octet == '.';
  }

  private void copy(int octet, Sink sink) throws IOException {
    one[0] = (byte) octet;
    sink.put(one, 0, 1);
  }

  private void expect(int wanted) throws IOException {
    int token = token();
    if (token != wanted) {
      throw malformed(token);
    }
  }

  private int token() throws IOException {
    peek();
    return take();
  }

  /** The next character that is no white space. */
  private int peek() throws IOException {
    while (true) {
      fill();
      int octet = buffer[next];
      if (octet != ' ' && octet != '\n' && octet != '\t' && octet != '\r') {
        return octet;
      }
      next++;
    }
  }

  private int take() {
    return buffer[next++];
  }

  private int octet() throws IOException {
    fill();
    return take();
  }

  private void fill() throws IOException {
    if (!fillOrEnd()) {
      throw new EOFException("JSON is cut off");
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

  private static IOException malformed(int octet) {
    return new IOException("JSON does not continue with '" + (char) octet + "'");
  }
}
