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
 * piece. For one thread.
 */
final class MultipartReader {
  /** The longest header of one part. */
  static final int HEADER_BYTES = 16 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int NONE = -1;

  private final InputStream in;
  private final byte[] delimiter;
  private final int[] skips = new int[256];
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private boolean inContent = true;
  private boolean over;
  private boolean started;

  MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    Arrays.fill(skips, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      skips[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
    }
    // The first delimiter needs no line end before it.
    buffer[to++] = '\r';
    buffer[to++] = '\n';
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
    while (inContent) {
      int found = find();
      int end = found == NONE ? Math.max(from, to - delimiter.length - 1) : found;
      if (found == NONE && end == from) {
        fill();
        continue;
      }
      int begin = from;
      from = end;
      if (begin == end) {
        inContent = !takeDelimiter();
      }
      if (begin < end) {
        return ByteBuffer.wrap(buffer, begin, end - begin);
      }
      if (inContent) {
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

  /**
   * Takes the delimiter that begins here, with the rest of its line. False when more follows on the
   * line: then it is content that only looked like one, and its first byte has been taken.
   */
  private boolean takeDelimiter() throws IOException {
    int at = delimiter.length;
    if (peek(at) == '-' && peek(at + 1) == '-') {
      from += at + 2;
      over = true;
      return true;
    }
    while (peek(at) == ' ' || peek(at) == '\t') {
      at++;
    }
    if (peek(at) == '\r' && peek(at + 1) == '\n') {
      from += at + 2;
      return true;
    }
    from++;
    return false;
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

  /** Up to the empty line. */
  private String header() throws IOException {
    int at = 0;
    while (!isHeaderEnd(at)) {
      if (++at > HEADER_BYTES) {
        throw new Failure(
            Code.INVALID_FILE,
            "request body: the header of a part is longer than " + HEADER_BYTES + " bytes");
      }
    }
    String header = new String(buffer, from, at, ISO_8859_1);
    from += at == 0 ? 2 : at + 4;
    return header;
  }

  /** An empty line is a line end right here, or right after another. */
  private boolean isHeaderEnd(int at) throws IOException {
    if (peek(at) != '\r' || peek(at + 1) != '\n') {
      return false;
    }
    return at == 0 || (peek(at + 2) == '\r' && peek(at + 3) == '\n');
  }
}
