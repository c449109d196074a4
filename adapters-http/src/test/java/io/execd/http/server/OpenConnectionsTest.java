package io.execd.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that strangers hold do not keep others out. */
class OpenConnectionsTest {
  private static final int MOST = 64;

  private final List<Socket> held = new ArrayList<>();

  private static ExecdServer server(int most) throws IOException {
    ExecdServer server = new ExecdServer(new ServerSettings("127.0.0.1", 0, null, most));
    server.start();
    return server;
  }

  private Socket open(ExecdServer server, String bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    held.add(socket);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String read(Socket socket) throws IOException {
    byte[] answer = new byte[1000];
    int length = socket.getInputStream().read(answer);
    return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.US_ASCII);
  }

  @Test
  void idleConnectionsBeyondTheCapMakeRoomForOthers() throws IOException {
    try (ExecdServer server = server(MOST)) {
      for (int i = 0; i < 3 * MOST; i++) {
        open(server, "");
      }
      Socket other = open(server, "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(read(other)).startsWith("HTTP/1.1 200");
      assertThat(read(held.getFirst())).isEmpty();
    }
  }

  @Test
  void headsThatStopAreAnswered503WhenTogetherTheyHoldTooMuch() throws IOException {
    try (ExecdServer server = server(4096)) {
      String head = "GET /ping HTTP/1.1\r\nX: " + "a".repeat(30_000);
      for (int i = 0; i < 1200; i++) {
        open(server, head);
      }
      Socket other = open(server, "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(read(other)).startsWith("HTTP/1.1 200");
      assertThat(read(held.getFirst())).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
    }
  }

  @AfterEach
  void closeAll() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
  }
}
