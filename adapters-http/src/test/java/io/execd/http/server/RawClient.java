package io.execd.http.server;

import io.execd.api.AnswerCheck;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends what it is told, byte for byte, and reads one answer after the other. */
final class RawClient implements AutoCloseable {
  /** One answer; header names in lower case, the body with its chunks joined. */
  record Reply(int status, Map<String, String> headers, String body) {}

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    // A test whose time is over is interrupted, which does not end a read.
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static Reply call(int port, String request) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(request).read();
    }
  }

  static String post(String path, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Reply read() throws IOException {
    Reply head = readHead();
    String chunked = head.headers().getOrDefault("transfer-encoding", "");
    String length = head.headers().getOrDefault("content-length", "-1");
    String body = chunked.equals("chunked") ? readChunks() : readLength(Integer.parseInt(length));
    return checked(new Reply(head.status(), head.headers(), body));
  }

  /** Which request it answers is not known here, but each error has the same form. */
  private static Reply checked(Reply reply) {
    if (reply.status() >= 400) {
      io.execd.api.Answer answer =
          new io.execd.api.Answer("", "", reply.status(), reply.headers(), reply.body());
      AnswerCheck.ofSpec().checkError(answer);
    }
    return reply;
  }

  /** Reads status and headers, and leaves the body. */
  Reply readHead() throws IOException {
    String status = readLine();
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.put(name, line.substring(colon + 1).strip());
    }
    return new Reply(Integer.parseInt(status.split(" ", 3)[1]), headers, "");
  }

  /** Reads one chunk; the empty string is the end. */
  String readChunk() throws IOException {
    int length = Integer.parseInt(readLine(), 16);
    String chunk = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    readLine();
    return chunk;
  }

  private String readChunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
      body.append(chunk);
    }
    return body.toString();
  }

  private String readLength(int length) throws IOException {
    byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    return new String(body, StandardCharsets.UTF_8);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed after: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  int readByte() throws IOException {
    return in.read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
