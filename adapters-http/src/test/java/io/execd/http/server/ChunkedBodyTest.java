package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout is far below the pause that a body may make. */
@Timeout(20)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChunkedBodyTest {
  private static final String HEAD =
      "POST /test/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String BODY = "{\"name\":\"a\"}";
  @AutoClose private final TestServer server = new TestServer(null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c\r\n" + BODY + "\r\n0\r\n\r\n",
        "C;a=b;c=\"d e\"\r\n" + BODY + "\r\n0;x\r\n\r\n",
        "000c \r\n" + BODY + "\r\n000\r\nX-Sum: 1\r\nTransfer-Encoding: y\r\n\r\n",
        "4;a\r\n{\"na\r\n8;b\r\nme\":\"a\"}\r\n0\r\nX: y\r\n\r\n"
      })
  void extensionsAndTrailersAreIgnored(String chunks) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Reply whole = client.send(HEAD + chunks + get("/ping")).read();
      assertThat(whole.body()).isEqualTo(BODY);
      assertThat(client.read().status()).isEqualTo(200);
      client.send(HEAD);
      for (byte one : chunks.getBytes(StandardCharsets.UTF_8)) {
        client.send(new byte[] {one});
      }
      assertThat(client.read().body()).isEqualTo(BODY);
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-1\r\n",
        "\r\n" + BODY,
        ";a=b\r\n",
        "0x5\r\n",
        "ffffffffffffffffff\r\n",
        "c\n" + BODY + "\n0\n\n",
        "c;a\nb\r\n" + BODY,
        "c\r\n" + BODY + "XX0\r\n\r\n",
        "b\r\n" + BODY + "\r\n0\r\n\r\n",
        "0\r\nX: y\n\r\n"
      })
  void badChunksAreAnsweredAtOnceAndEndTheConnection(String chunks) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      assertRefused(client.send(HEAD + chunks));
    }
    // And when the reader is waiting already.
    try (RawClient client = new RawClient(server.port())) {
      String expect = HEAD.replace("Host: x", "Host: x\r\nExpect: 100-continue");
      assertThat(client.send(expect).readHead().status()).isEqualTo(100);
      assertRefused(client.send("1\r\n{\r\n").send("zz\r\n"));
    }
  }

  private static void assertRefused(RawClient client) throws IOException {
    RawClient.Reply reply = client.read();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers()).containsKey("x-request-id").containsEntry("connection", "close");
    assertThat(reply.body()).contains("the request body could not be read");
    assertThat(client.readByte()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0\r\nX: ", "1;", "0"})
  void endlessExtrasAreRefused(String begin) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String extra = "0".repeat(Limits.CHUNK_EXTRA_BYTES + 1);
      assertThat(client.send(HEAD + begin + extra).read().status()).isEqualTo(400);
    }
  }

  /** As {@code printf '1\r\nx\r\n'} for each byte of a body, and as clients that pad the sizes. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "00000001", "1;a=b"})
  void anyNumberOfChunksIsJoined(String size) throws IOException {
    String text = "x".repeat(60_000);
    StringBuilder chunks = new StringBuilder("9\r\n{\"name\":\"\r\n");
    for (int at = 0; at < text.length(); at++) {
      chunks.append(size).append("\r\nx\r\n");
    }
    try (RawClient client = new RawClient(server.port())) {
      client.send(HEAD + chunks + "2\r\n\"}\r\n0\r\n\r\n" + get("/ping"));
      assertThat(client.read().body()).isEqualTo("{\"name\":\"" + text + "\"}");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aBrokenBodyThatNobodyReadsEndsTheConnection() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String head = HEAD.replace("POST /test/echo", "GET /test/query");
      assertThat(client.send(head + "zz\r\n" + get("/ping")).read().status()).isEqualTo(200);
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }
}
