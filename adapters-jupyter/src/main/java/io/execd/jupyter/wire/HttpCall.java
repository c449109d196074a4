package io.execd.jupyter.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request and its answer, on a connection of its own. Redirects are answers like others. */
public final class HttpCall {
  private static final int BODY_BYTES = 16 << 20;

  /**
   * A server without a token wants a sign that no browser was tricked into asking: a cookie and a
   * header that say the same.
   */
  private static final String OWN_WILL = "Cookie: _xsrf=execd\r\nX-XSRFToken: execd\r\n";

  private HttpCall() {}

  /**
   * An answer.
   *
   * @param body never null; empty when there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  public record Answer(int status, byte[] body) {
    /** For messages: the beginning of the body on one line. */
    public String excerpt() {
      String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
      return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
  }

  /**
   * Asks and waits.
   *
   * @param body JSON; empty for none
   * @param patience for all of it
   */
  public static Answer send(
      Endpoint endpoint, String method, String path, String body, Duration patience)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String content =
        bytes.length == 0
            ? "Content-Length: 0\r\n"
            : "Content-Type: application/json\r\n" + "Content-Length: " + bytes.length + "\r\n";
    try (Wire wire = Wire.open(endpoint, patience)) {
      wire.send(
          endpoint.head(method, path)
              + "Accept: application/json\r\n"
              + (method.equals("GET") ? "" : OWN_WILL + content)
              + "Connection: close\r\n\r\n"
              + body);
      HttpHead head = wire.readHead();
      return new Answer(head.status(), readBody(wire, head));
    }
  }

  private static byte[] readBody(Wire wire, HttpHead head) throws IOException {
    if (head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
      return readChunks(wire);
    }
    String length = head.header("content-length");
    if (length.isEmpty()) {
      return bounded(wire.in().readNBytes(BODY_BYTES + 1));
    }
    return readExactly(wire.in(), number(length, 10));
  }

  private static byte[] readChunks(Wire wire) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size;
    do {
      size = number(wire.readLine().split(";", 2)[0].strip(), 16);
      body.writeBytes(readExactly(wire.in(), size));
      wire.readLine();
      bounded(body.size());
    } while (size > 0);
    return body.toByteArray();
  }

  private static byte[] readExactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the answer is cut off");
    }
    return bytes;
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0) {
        return bounded(number);
      }
    } catch (NumberFormatException garbage) {
      throw new IOException("the answer has a length that is no number", garbage);
    }
    throw new IOException("the answer has a negative length");
  }

  private static byte[] bounded(byte[] body) throws IOException {
    bounded(body.length);
    return body;
  }

  private static int bounded(int length) throws IOException {
    if (length > BODY_BYTES) {
      throw new IOException("the answer is longer than " + BODY_BYTES + " bytes");
    }
    return length;
  }
}
