package io.execd.http.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart body part by part, and each part's content piece by piece, with memory for one
 * piece. How the line of the first boundary ends, in CRLF or in LF alone, tells how the line before
 * each later one does; lines of headers may end in either. For one thread.
 */
final class MultipartReader {
  /** The longest header of one part. */
  static final int HEADER_BYTES = 16 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int NONE = -1;

  private final InputStream in;
  private final byte[] dashes;
  private byte[] delimiter;
  private final int[] skips = new int[256];
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private boolean atBegin;
  private boolean inContent = true;
  private boolean over;
  private boolean started;

  MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.dashes = ("--" + boundary).getBytes(ISO_8859_1);
    this.delimiter = delimiter("\n");
    // The first delimiter needs no line end before it.
    buffer[to++] = '\n';
  }

  private byte[] delimiter(String lineEnd) {
    byte[] whole = (lineEnd + new String(dashes, ISO_8859_1)).getBytes(ISO_8859_1);
    Arrays.fill(skips, whole.length);
    for (int i = 0; i < whole.length - 1; i++) {
      skips[whole[i] & 0xFF] = whole.length - 1 - i;
    }
    return whole;
  }

  /**
   * Goes to the next part, past what is left of this one.
   *
   * @return its header; null when there is none and the body has been read to its end
   * @throws Failure INVALID_FILE when the body is no multipart, INVALID_FILE_CONTENT when it is cut
   */
  @Nullable String nextPart() throws IOException {
    ByteBuffer rest = content();
    while (rest.hasRemaining()) {
      rest = content();
    }
    started = true;
    if (over) {
      drain();
      return null;
    }
    inContent = true;
    atBegin = true;
    return header();
  }

  /** What follows the last delimiter means nothing, but it must come. */
  private void drain() throws IOException {
    int read = 0;
    while (read >= 0) {
      read = in.read(buffer);
    }
  }

  /**
   * The next piece of this part's content, valid until the next call; empty at its end.
   *
   * @throws Failure INVALID_FILE_CONTENT when the body ends before the part does
   */
  ByteBuffer content() throws IOException {
    if (atBegin) {
      atBegin = false;
      inContent = !isBoundary(0) || !takeDelimiter(dashes.length);
    }
    while (inContent) {
      int found = find();
      int end = found == NONE ? Math.max(from, to - delimiter.length - 1) : found;
      if (found == NONE && end == from) {
        fill();
        continue;
      }
      int begin = from;
      from = end;
      if (begin < end) {
        return ByteBuffer.wrap(buffer, begin, end - begin);
      }
      inContent = !takeDelimiter(delimiter.length);
      if (inContent) {
        from++;
        return ByteBuffer.wrap(buffer, from - 1, 1);
      }
    }
    return ByteBuffer.allocate(0);
  }

  /** Where the delimiter begins; most bytes are never looked at (Horspool). */
  private int find() {
    int last = delimiter.length - 1;
    int at = from + last;
    while (at < to) {
      byte tail = buffer[at];
      if (tail == delimiter[last] && matches(at - last)) {
        return at - last;
      }
      at += skips[tail & 0xFF];
    }
    return NONE;
  }

  private boolean matches(int at) {
    return Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length);
  }

  /** Whether there is a boundary so far ahead, which is a line's begin. */
  private boolean isBoundary(int ahead) throws IOException {
    for (int i = 0; i < dashes.length; i++) {
      if (peek(ahead + i) != dashes[i]) {
        return false;
      }
    }
    return delimiterEnd(ahead + dashes.length) != NONE;
  }

  /**
   * Takes the delimiter that begins here, with the rest of its line. False when more follows on the
   * line: then it is content that only looks like one, and nothing has been taken.
   */
  private boolean takeDelimiter(int length) throws IOException {
    int end = delimiterEnd(length);
    if (end == NONE) {
      return false;
    }
    if (peek(end - 1) == '-') {
      over = true;
    } else if (!started) {
      delimiter = delimiter(peek(end - 2) == '\r' ? "\r\n" : "\n");
    }
    from += end;
    return true;
  }

  /** Where the delimiter ends whose last letter is just before here; NONE when it is none. */
  private int delimiterEnd(int ahead) throws IOException {
    int at = ahead;
    if (peek(at) == '-' && peek(at + 1) == '-') {
      return at + 2;
    }
    while (peek(at) == ' ' || peek(at) == '\t') {
      at++;
    }
    if (peek(at) == '\r' && peek(at + 1) == '\n') {
      return at + 2;
    }
    return peek(at) == '\n' && delimiter[0] == '\n' ? at + 1 : NONE;
  }

  /** The byte so far ahead, which is read if need be. */
  private int peek(int ahead) throws IOException {
    while (from + ahead >= to) {
      fill();
    }
    return buffer[from + ahead];
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      throw new Failure(Code.INVALID_FILE, "request body: a line of it is too long");
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      throw started
          ? new Failure(Code.INVALID_FILE_CONTENT, "request body: cut off before its last boundary")
          : new Failure(Code.INVALID_FILE, "request body: its boundary never comes");
    }
    to += read;
  }

  /** Up to the empty line, or up to the next boundary when there is no such line. */
  private String header() throws IOException {
    int line = 0;
    int end = lineEnd(line);
    while (line < end && !isBoundary(line)) {
      line = end + (peek(end) == '\r' ? 2 : 1);
      end = lineEnd(line);
    }
    String header = new String(buffer, from, line, ISO_8859_1).stripTrailing();
    from += line;
    if (line == end) {
      from += peek(0) == '\r' ? 2 : 1;
    }
    return header;
  }

  /** Where the line ends that begins so far ahead. */
  private int lineEnd(int ahead) throws IOException {
    int at = ahead;
    while (peek(at) != '\n' && (peek(at) != '\r' || peek(at + 1) != '\n')) {
      if (++at > HEADER_BYTES) {
        throw new Failure(
            Code.INVALID_FILE,
            "request body: the header of a part is longer than " + HEADER_BYTES + " bytes");
      }
    }
    return at;
  }
}
