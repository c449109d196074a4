package io.execd.bootstrap.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of a streaming answer, without its chunks' frames. */
final class ChunkedBody {
  private static final String SUCCESS = "\"type\":\"execution_complete\"";
  private static final int TAIL_BYTES = 256;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int left;
  private boolean over;

  ChunkedBody(InputStream in) {
    this.in = in;
  }

  /**
   * Reads on until the body holds this text; what had been read before does not count.
   *
   * @return all that was read, which ends somewhere after the text
   */
  String readUntil(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int size = read();
      if (size < 0) {
        throw new EOFException("the body ended before " + text + ": " + seen);
      }
      seen.append(new String(buffer, 0, size, StandardCharsets.ISO_8859_1));
    }
    return seen.toString();
  }

  /** What can be read now, or is there next; empty at the end. */
  String readSome() throws IOException {
    int size = read();
    return size < 0 ? "" : new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads to the end, which must be that of a command that succeeded.
   *
   * @return the size of the rest in bytes
   */
  long readToEnd() throws IOException {
    return finish("");
  }

  /** The same where the last bytes of the body may have been read before. */
  long finish(String seen) throws IOException {
    long total = 0;
    String tail = seen;
    for (int size = read(); size >= 0; size = read()) {
      total += size;
      int kept = Math.min(size, TAIL_BYTES);
      String end = new String(buffer, size - kept, kept, StandardCharsets.ISO_8859_1);
      tail =
          kept < TAIL_BYTES ? tail.substring(Math.max(0, tail.length() - TAIL_BYTES)) + end : end;
    }
    if (!tail.contains(SUCCESS)) {
      throw new IOException("the command failed: " + tail);
    }
    return total;
  }

  /** Some of the body, into the buffer; -1 at its end. */
  private int read() throws IOException {
    if (left == 0 && !over) {
      left = Integer.parseInt(line(in), 16);
      over = left == 0;
      if (over) {
        line(in);
      }
    }
    if (over) {
      return -1;
    }
    int size = in.read(buffer, 0, Math.min(left, buffer.length));
    if (size < 0) {
      throw new EOFException("the connection ended inside a chunk");
    }
    left -= size;
    if (left == 0) {
      line(in);
    }
    return size;
  }

  /** A line without its end. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(32);
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
