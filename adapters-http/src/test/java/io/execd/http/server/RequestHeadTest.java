package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout is far below what an unfinished request may take. */
@Timeout(20)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestHeadTest {
  private static final String HOST = "Host: x\r\n";
  @AutoClose private final TestServer server = new TestServer(null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET /ping\r\n\r\n",
        "GET  /ping HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /ping  HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /pi\u0001ng HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /ping http/1.1\r\n" + HOST + "\r\n",
        "G(T /ping HTTP/1.1\r\n" + HOST + "\r\n",
        " GET /ping HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /ping HTTP/1.1\r" + HOST + "\r\n",
        "GET /ping HTTP/1.1\r\nno colon\r\n" + HOST + "\r\n",
        "GET /ping HTTP/1.1\r\nnocolon\r\n" + HOST + "\r\n",
        "GET /ping HTTP/1.1\r\n: x\r\n" + HOST + "\r\n",
        "GET /ping HTTP/1.1\r\nHost: x\u0000y\r\n\r\n",
        "GET /ping HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        "GET /ping HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Content-Length : 2\r\n\r\n{}",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Content-Length: +2\r\n\r\n{}",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Content-Length: -2\r\n\r\n{}",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Content-Length: \r\n\r\n{}",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Content-Length: 99999999999999999999\r\n\r\n{}",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /test/echo HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n",
        "POST /test/echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunkedy\r\n\r\n",
        "POST /test/echo HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n",
        "TRACE /ping HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n{}"
      })
  void whatCanBeReadInTwoWaysIsRefused(String request) throws IOException {
    assertRefused(400, request);
  }

  @Test
  void methodsWithoutAnEndAreRefused() throws IOException {
    assertRefused(501, "CONNECT x:1 HTTP/1.1\r\n" + HOST + "\r\n");
    assertRefused(400, "x".repeat(5000) + " /ping HTTP/1.1\r\n" + HOST + "\r\n");
    assertRefused(505, "GET /ping HTTP/2.1\r\n" + HOST + "\r\n");
    assertRefused(414, "GET /" + "x".repeat(60_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
    assertRefused(431, "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(Limits.HEADER_COUNT + 1));
    assertRefused(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  }

  private void assertRefused(int status, String request) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Reply reply = client.send(request + get("/ping")).read();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.headers())
          .containsKey("x-request-id")
          .containsEntry("content-type", "application/json")
          .containsEntry("connection", "close");
      assertThat(reply.body()).contains("\"code\":").contains("malformed HTTP request: ");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\nGET /ping HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /ping HTTP/1.1\nHost: x\n\n",
        "GET http://x/ping HTTP/1.1\r\nhOsT:x\r\nX-A:\tä \r\nX-B:\r\n\r\n"
      })
  void whatIsCommonIsRead(String request) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send(request + request).read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
      for (byte one : request.getBytes(StandardCharsets.UTF_8)) {
        client.send(new byte[] {one});
      }
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/test/echo, 400",
    "/test/refuse, 413",
    "/test/refuse, 501",
    "/test/refuse, 503",
    "/test/bug, 500",
    "/nothing, 404"
  })
  void anErrorLeavesTheConnectionOpen(String path, int status) throws IOException {
    String body = path.endsWith("refuse") ? "{\"count\":" + status + "}" : "{\"name\":1}";
    String request = path.endsWith("bug") ? get(path) : post(path, body);
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        RawClient.Reply reply = client.send(request).read();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).doesNotContainKey("connection");
      }
    }
  }

  @Test
  void nothingIsServedAfterAnAnswerThatCloses() throws IOException {
    AtomicInteger runs = new AtomicInteger();
    server.script.set(sink -> runs.incrementAndGet());
    String last = get("/test/bug").replace("Host", "Connection: close\r\nHost");
    try (RawClient client = new RawClient(server.port())) {
      client.send(last + post("/test/stream", "{}"));
      RawClient.Reply reply = client.read();
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.readByte()).isEqualTo(-1);
    }
    assertThat(runs).hasValue(0);
  }
}
