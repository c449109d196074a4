package io.execd.http.server;

import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout is far below the usual patience: what waits for that long has failed. */
@Timeout(15)
class BodyBudgetTest {
  private static final Patience NONE = patience(Limits.BODY_PAUSE, Duration.ZERO);

  /** All of the budget. */
  private static final String LARGE = body(Limits.BODY_BUDGET_BYTES);

  private static final String MIDDLE = body(2 * Limits.SMALL_BODY_BYTES);

  private static Patience patience(Duration bodyPause, Duration bodyWait) {
    Patience usual = Patience.USUAL;
    return new Patience(usual.head(), usual.linger(), bodyPause, bodyWait, usual.tick());
  }

  private static String body(int length) {
    return "{\"other\":\"" + "x".repeat(length - 12) + "\"}";
  }

  private static String chunked(String body) {
    return "POST /test/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
  }

  /** Has been let in when this returns: only then is a client asked for its body. */
  private static RawClient letIn(TestServer server, String body) throws IOException {
    RawClient client = new RawClient(server.port());
    String head = post("/test/echo", body).replace(body, "");
    client.send(head.replace("Host: x", "Host: x\r\nExpect: 100-continue"));
    assertThat(client.readHead().status()).isEqualTo(100);
    return client;
  }

  private static void assertBusy(RawClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("retry-after");
    assertThat(reply.body()).contains("too many large ones at the moment");
  }

  @Test
  void aLargeBodyIsRefusedWhileAnotherIsRead() throws IOException {
    try (TestServer server = new TestServer(null, NONE);
        RawClient first = letIn(server, LARGE)) {
      assertBusy(server.call(post("/test/echo", MIDDLE)));
      assertThat(server.call(post("/test/echo", "{}")).status()).isEqualTo(200);
      assertThat(first.send(LARGE).read().status()).isEqualTo(200);
      assertThat(server.call(post("/test/echo", MIDDLE)).status()).isEqualTo(200);
    }
  }

  @Test
  void middlingBodiesAreReadTogetherAndAChunkedOneAlone() throws IOException {
    try (TestServer server = new TestServer(null, NONE);
        RawClient first = letIn(server, MIDDLE)) {
      assertThat(server.call(post("/test/echo", MIDDLE)).status()).isEqualTo(200);
      assertBusy(server.call(post("/test/echo", LARGE)));
      assertBusy(server.call(chunked(MIDDLE)));
      assertThat(server.call(chunked("{}")).status()).isEqualTo(200);
      assertThat(first.send(MIDDLE).read().status()).isEqualTo(200);
      assertThat(server.call(chunked(MIDDLE)).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyThatWaitsIsLetInWhenTheOtherIsReadOrItsClientGone(boolean gone) throws IOException {
    try (TestServer server = new TestServer(null, patience(Limits.BODY_PAUSE, Limits.BODY_WAIT));
        RawClient first = letIn(server, LARGE);
        RawClient second = new RawClient(server.port()).send(post("/test/echo", LARGE))) {
      if (gone) {
        first.send("{\"name\":").close();
      } else {
        assertThat(first.send(LARGE).read().status()).isEqualTo(200);
      }
      assertThat(second.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatFailsGivesItsPartBack() throws IOException {
    try (TestServer server = new TestServer(null, NONE)) {
      String bad = "{\"name\":1" + LARGE.substring(10);
      assertThat(server.call(post("/test/echo", bad)).status()).isEqualTo(400);
      assertThat(server.call(post("/test/echo", LARGE)).status()).isEqualTo(200);
      assertThat(server.call(chunked(LARGE + "}")).status()).isEqualTo(400);
      assertThat(server.call(chunked(LARGE)).status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatPausesTooLongGivesItsPartBack() throws IOException {
    Patience brief = patience(Duration.ofMillis(50), Duration.ZERO);
    try (TestServer server = new TestServer(null, brief);
        RawClient first = letIn(server, LARGE)) {
      assertThat(first.send("{\"name\":").read().status()).isEqualTo(408);
      RawClient next = letIn(server, LARGE);
      next.close();
    }
  }
}
