package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout is far below what clients are usually waited for, but for the linger. */
@Timeout(15)
class PatienceTest {
  private static final Duration BRIEF = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final String HEAD = "POST /test/echo HTTP/1.1\r\nHost: x\r\n";

  private static TestServer server(Duration head, Duration linger, Duration pause)
      throws IOException {
    return new TestServer(null, new Patience(head, linger, pause, LONG, TICK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "\r\n", "GET /ping HTTP/1.1\r\nHost: x\r\n"})
  void halfAHeadIsGivenUp(String half) throws IOException {
    try (TestServer server = server(BRIEF, LONG, LONG);
        RawClient client = new RawClient(server.port())) {
      assertThat(client.send(half).readByte()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ping", "/test/query", "/test/echo", "/test/stream"})
  void halfAHeadBehindAGoodRequestIsGivenUp(String path) throws IOException {
    String whole = path.endsWith("o") || path.endsWith("m") ? post(path, "{}") : get(path);
    try (TestServer server = server(BRIEF, LONG, LONG);
        RawClient client = new RawClient(server.port())) {
      assertThat(client.send(whole + whole + "GET /pi").read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  /** What was begun later, and never ended, tells that the time is over. */
  @Test
  void theTimeOfAHeadThatCameInPiecesIsOverWithTheHead() throws IOException {
    try (TestServer server = server(Duration.ofSeconds(2), LONG, LONG);
        RawClient client = new RawClient(server.port());
        RawClient other = new RawClient(server.port())) {
      client.send("GE");
      awaitRead(server);
      assertThat(client.send(get("/ping").substring(2)).read().status()).isEqualTo(200);
      assertThat(other.send("G").readByte()).isEqualTo(-1);
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  /** The second answer says that all has been read which was there at the first. */
  private static void awaitRead(TestServer server) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"})
  void aRefusedClientIsNotHeardForLong(String before) throws IOException {
    try (TestServer server = server(LONG, BRIEF, LONG);
        RawClient client = new RawClient(server.port())) {
      client.send(before + "rubbish\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(before.isEmpty() ? 400 : 200);
      byte[] more = new byte[1024];
      assertThatThrownBy(() -> sendForEver(client, more)).isInstanceOf(IOException.class);
    }
  }

  /** Until the connection is reset, which is how a client sees that nobody reads it. */
  private static void sendForEver(RawClient client, byte[] bytes) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      client.send(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 2\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{"})
  void halfABodyIsRefused(String half) throws IOException {
    try (TestServer server = server(LONG, LONG, BRIEF);
        RawClient client = new RawClient(server.port())) {
      RawClient.Reply reply = client.send(HEAD + half).read();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.body()).contains("did not arrive in time");
    }
  }

  /** As a client that sends one byte after the other just before the pause is over. */
  @Test
  void aBodyThatIsAlwaysSlowIsRefusedUnlessItIsLong() throws IOException {
    byte[] bytes = new byte[Limits.SMALL_BODY_BYTES];
    InputStream slow = new SlowInput(bytes);
    assertThatThrownBy(() -> new LimitedInput(slow, 0, Duration.ZERO).readAllBytes())
        .isInstanceOf(RefusedBodyException.class)
        .hasMessageContaining("did not arrive in time");
    byte[] larger = new byte[15 * Limits.BODY_BYTES_PER_SECOND];
    LimitedInput whole = new LimitedInput(new SlowInput(larger), 0, Duration.ZERO);
    assertThat(whole.readNBytes(larger, 0, larger.length)).isEqualTo(larger.length);
  }

  /** Takes more than no time. */
  private static final class SlowInput extends FilterInputStream {
    SlowInput(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long start = System.nanoTime();
      while (System.nanoTime() == start) {
        Thread.onSpinWait();
      }
      return super.read(bytes, offset, length);
    }
  }
}
