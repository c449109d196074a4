package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final String STREAM = post("/test/stream", "{}");

  @Test
  void aTakenPortIsSaid() throws IOException {
    try (TestServer first = new TestServer(null);
        ExecdServer second =
            new ExecdServer(new ServerSettings("127.0.0.1", first.port(), null, 1000))) {
      assertThatThrownBy(second::start).isInstanceOf(BindException.class);
    }
  }

  private static CompletableFuture<Void> stop(TestServer server, Duration longest) {
    return CompletableFuture.runAsync(() -> {
      try {
        server.server.drain(longest);
        server.server.close();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  /** A stream that says "go on" when the latch is open. */
  private static StreamBody waiting(CountDownLatch latch) {
    return sink -> {
      StreamScript.say(sink, "first");
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      StreamScript.say(sink, "last");
    };
  }

  @Test
  void whatRunsIsFinishedAndWhatIsNewIsRefused() throws IOException {
    CountDownLatch latch = new CountDownLatch(1);
    try (TestServer server = new TestServer(null);
        RawClient running = new RawClient(server.port());
        RawClient next = new RawClient(server.port())) {
      server.script.set(waiting(latch));
      running.send(STREAM).readHead();
      next.send(get("/ping")).read();
      CompletableFuture<Void> stopped = stop(server, LONG);
      awaitRefusal(next);
      assertThat(running.readChunk()).isEqualTo("first");
      latch.countDown();
      assertThat(running.readChunk()).isEqualTo("last");
      assertThat(running.readChunk()).isEmpty();
      stopped.join();
    }
  }

  /** Asks until the stop has begun; a 503 closes the connection. */
  private static void awaitRefusal(RawClient client) throws IOException {
    RawClient.Reply reply = client.send(get("/ping")).read();
    while (reply.status() == 200) {
      reply = client.send(get("/ping")).read();
    }
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("retry-after");
    assertThat(reply.body()).contains("EXECD_NOT_READY");
  }

  @Test
  void whatDoesNotEndIsCutWhenTheTimeIsOver() throws IOException {
    CountDownLatch gone = new CountDownLatch(1);
    try (TestServer server = new TestServer(null);
        RawClient running = new RawClient(server.port())) {
      server.script.set(sink -> {
        sink.onGone(gone::countDown);
        waiting(gone).writeTo(sink);
      });
      running.send(STREAM).readHead();
      stop(server, Duration.ofMillis(1)).join();
      assertThat(running.readChunk()).isEqualTo("first");
      assertThatThrownBy(running::readChunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anIdleServerStopsAtOnce() throws IOException {
    try (TestServer server = new TestServer(null)) {
      stop(server, LONG).join();
      assertThatThrownBy(() -> server.call(get("/ping"))).isInstanceOf(IOException.class);
    }
  }
}
