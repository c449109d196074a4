package io.execd.bootstrap.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client's connection that costs next to nothing. For one thread. */
final class HttpConnection implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  HttpConnection(InetSocketAddress server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  /** Asks for {@code /ping} and reads the answer. */
  void ping() throws IOException {
    send("GET /ping HTTP/1.1\r\nHost: bench\r\n\r\n");
    readHead();
  }

  /**
   * Starts a command.
   *
   * @return its events; to be read to their end before the next request
   */
  ChunkedBody command(String command) throws IOException {
    open("/command", "{\"command\":\"" + Json.escape(command) + "\"}");
    return new ChunkedBody(in);
  }

  /** Runs Python in its default context; the same about its events. */
  ChunkedBody code(String code) throws IOException {
    open("/code", "{\"language\":\"python\",\"code\":\"" + Json.escape(code) + "\"}");
    return new ChunkedBody(in);
  }

  /** Asks for something small, on a connection that is not used again. */
  void post(String path, String json) throws IOException {
    open(path, json);
  }

  private void open(String path, String json) throws IOException {
    send(
        "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n".formatted(path)
            + "Content-Length: %d\r\n\r\n%s".formatted(json.length(), json));
    readHead();
  }

  private void send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private void readHead() throws IOException {
    String status = ChunkedBody.line(in);
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("the daemon answered " + status);
    }
    while (!ChunkedBody.line(in).isEmpty()) {
      // no header matters here
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
