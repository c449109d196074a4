package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the selector thread answers itself, and what it must not be held up by. */
@Timeout(50) // Grizzly waits for a client for a minute
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectRouteTest {
  private static final int SMALL = 4096;
  private static final int LARGE = 1 << 20;

  /** Their answers are more than the sockets and Grizzly hold. */
  private static final int MANY = 60_000;

  @AutoClose private final TestServer server = new TestServer(null, new NowOrLater());

  /** Tells the query, and which way it took. */
  private static final class NowOrLater implements DirectRoute {
    @Override
    public String path() {
      return "/test/direct";
    }

    @Override
    public byte @Nullable [] answer(@Nullable String query) {
      assertThat(Thread.currentThread().isVirtual()).isTrue();
      return query == null ? null : ("later " + query).getBytes(US_ASCII);
    }

    @Override
    public byte @Nullable [] answerAtOnce(@Nullable String query) {
      assertThat(Thread.currentThread().isVirtual()).isFalse();
      return query != null && query.startsWith("now")
          ? ("at once " + query).getBytes(US_ASCII)
          : null;
    }
  }

  @Test
  void whatIsThereAtOnceAndWhatIsNotAreAnsweredInOrder() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        requests.append(get("/test/direct?now" + i)).append(get("/test/direct?" + i));
        requests.append(get("/ping"));
      }
      client.send(requests.toString());
      for (int i = 0; i < 200; i++) {
        assertThat(client.read().body()).endsWith(" now" + i);
        assertThat(client.read().body()).isEqualTo("later " + i);
        assertThat(client.read().body()).isEmpty();
      }
      assertThat(client.send(get("/test/direct?now")).read().body()).isEqualTo("at once now");
    }
  }

  @Test
  void whatNeitherTellsIsForAResource() throws IOException {
    assertThat(server.call(get("/test/direct")).status()).isEqualTo(404);
    assertThat(server.call(RawClient.post("/test/direct?now", "")).status()).isEqualTo(404);
  }

  @Test
  void nothingIsToldAtOnceWithoutTheToken() throws IOException {
    try (TestServer closed = new TestServer("token", new NowOrLater())) {
      assertThat(closed.call(get("/test/direct?now")).status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ping", "/test/direct?now", "/test/direct?other"})
  void aClientThatReadsNothingHoldsUpNobody(String path) throws Exception {
    try (SocketChannel client = SocketChannel.open()) {
      client.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      Thread writer = Thread.ofVirtual().start(() -> write(client, get(path).repeat(MANY)));
      for (int i = 0; i < 150; i++) {
        assertThat(server.call(get("/ping")).status()).isEqualTo(200);
        assertThat(server.call(get("/test/direct?now")).body()).endsWith(" now");
        TimeUnit.MILLISECONDS.sleep(5);
      }
      client.setOption(StandardSocketOptions.SO_RCVBUF, LARGE);
      assertThat(answers(client)).isEqualTo(MANY);
      writer.join();
    }
  }

  private static void write(SocketChannel client, String requests) {
    ByteBuffer bytes = ByteBuffer.wrap(requests.getBytes(US_ASCII));
    try {
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
      client.shutdownOutput();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static int answers(SocketChannel client) throws IOException {
    Pattern answer = Pattern.compile("HTTP/1.1 200 OK\r");
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
    StringBuilder rest = new StringBuilder();
    int count = 0;
    while (client.read(bytes) >= 0) {
      rest.append(US_ASCII.decode(bytes.flip()));
      bytes.clear();
      count += (int) answer.matcher(rest).results().count();
      int last = rest.lastIndexOf("\r");
      String tail = rest.substring(Math.max(0, Math.max(last + 1, rest.length() - 15)));
      rest.setLength(0);
      rest.append(tail);
    }
    return count;
  }
}
