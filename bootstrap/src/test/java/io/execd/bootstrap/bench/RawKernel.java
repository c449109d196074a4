package io.execd.bootstrap.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.net.ExtendedSocketOptions;

/**
 * The least that a client of Jupyter can be: a session, its kernel's WebSocket, and a look for the
 * two messages that end an execution. For one thread.
 */
final class RawKernel implements Closeable {
  private static final String PROTOCOL = "v1.kernel.websocket.jupyter.org";
  private static final Pattern ID = Pattern.compile("\"id\": *\"([0-9a-f-]{36})\"");
  private static final int LOOKED_AT = 2000;

  private final int port;
  private final String sessionId;
  private final String kernelId;
  private final Socket socket;
  private final DataInputStream in;
  private final byte[] scrap = new byte[64 * 1024];
  private int number;

  RawKernel(int port) throws IOException {
    this.port = port;
    String session =
        call(
            port,
            "POST /api/sessions",
            "{\"path\":\"%s\",\"name\":\"b\",\"type\":\"console\",\"kernel\":{\"name\":\"python3\"}}"
                .formatted(UUID.randomUUID()));
    Matcher ids = ID.matcher(session);
    sessionId = find(ids, session);
    kernelId = find(ids, session);
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(new QuickInput(), 64 * 1024));
    upgrade();
    boolean idle = false;
    while (!idle) {
      String request = send("kernel_info_request", "{}");
      idle = awaitBoth(request, "kernel_info_reply") > 0;
    }
  }

  private static String find(Matcher ids, String text) throws IOException {
    if (!ids.find()) {
      throw new IOException("no id in " + text);
    }
    return ids.group(1);
  }

  /** Has each segment acknowledged at once. */
  private final class QuickInput extends InputStream {
    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = socket.getInputStream().read(bytes, from, length);
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      return count;
    }
  }

  static String call(int port, String methodAndPath, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head =
          "%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: token bench\r\nConnection: close\r\n"
              .formatted(methodAndPath);
      String request = head + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void upgrade() throws IOException {
    String head =
        "GET /api/kernels/%s/channels?session_id=%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: token bench\r\n"
                .formatted(kernelId, UUID.randomUUID())
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: "
            + PROTOCOL
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    while (!ChunkedBody.line(in).isEmpty()) {
      // no header matters here
    }
  }

  /** Runs code to its end; how many bytes came. */
  long run(String code) throws IOException {
    String content =
        "{\"code\":\"%s\",\"silent\":false,\"store_history\":true,\"user_expressions\":{},\"allow_stdin\":false,\"stop_on_error\":false}"
            .formatted(Json.escape(code));
    return awaitBoth(send("execute_request", content), "execute_reply");
  }

  private String send(String type, String content) throws IOException {
    String id = "bench" + number++;
    String header =
        "{\"msg_id\":\"%s\",\"session\":\"s\",\"username\":\"b\",\"date\":\"2026-01-01T00:00:00Z\",\"msg_type\":\"%s\",\"version\":\"5.3\"}"
            .formatted(id, type);
    String[] parts = {"shell", header, "{}", "{}", content};
    ByteBuffer message = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    message.putLong(6);
    long offset = 56;
    message.putLong(offset);
    for (String part : parts) {
      offset += part.length();
      message.putLong(offset);
    }
    for (String part : parts) {
      message.put(part.getBytes(StandardCharsets.US_ASCII));
    }
    ByteBuffer frame = ByteBuffer.allocate(message.position() + 8);
    frame.put((byte) 0x82).put((byte) (0x80 | 126)).putShort((short) message.position());
    frame.putInt(0).put(message.flip());
    socket.getOutputStream().write(frame.array());
    return id;
  }

  /** Reads until the reply and the idle have come. */
  private long awaitBoth(String request, String reply) throws IOException {
    boolean idle = false;
    boolean replied = false;
    long bytes = 0;
    while (!(idle && replied)) {
      long length = next();
      byte[] start = in.readNBytes((int) Math.min(LOOKED_AT, length));
      drop(length - start.length);
      bytes += length;
      String text = new String(start, StandardCharsets.ISO_8859_1);
      boolean ours = text.contains("\"" + request + "\"");
      idle |= ours && text.contains("\"idle\"");
      replied |= ours && text.contains("\"" + reply + "\"");
    }
    return bytes;
  }

  /** The length of the next message, which is to be read then. */
  private long next() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      int size = in.readUnsignedByte();
      long length =
          switch (size) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> size;
          };
      if (opcode < 8) {
        return length;
      }
      drop(length);
    }
  }

  private void drop(long length) throws IOException {
    long left = length;
    while (left > 0) {
      int count = in.read(scrap, 0, (int) Math.min(scrap.length, left));
      if (count < 0) {
        throw new EOFException("Jupyter closed the connection");
      }
      left -= count;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    call(port, "DELETE /api/sessions/" + sessionId, "");
  }
}
