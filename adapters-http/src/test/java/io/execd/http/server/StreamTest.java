package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTest {
  private static final String STREAM = post("/test/stream", "{}");
  private TestServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(null);
    client = new RawClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void eachSendIsAChunkAndTheEndIsClean() throws IOException {
    RawClient.Reply head = client.send(STREAM).readHead();
    assertThat(head.headers())
        .containsEntry("content-type", "text/event-stream")
        .containsEntry("cache-control", "no-cache")
        .containsEntry("transfer-encoding", "chunked")
        .containsKeys("x-request-id", "date");
    assertThat(client.readChunk()).isEqualTo("one\n");
    assertThat(client.readChunk()).isEqualTo("two\n");
    assertThat(client.readChunk()).isEmpty();
  }

  @Test
  void aLineArrivesBeforeTheNextIsWritten() throws IOException {
    SynchronousQueue<String> lines = new SynchronousQueue<>();
    server.script.set(sink -> sayAll(sink, lines));
    client.send(STREAM);
    offer(lines, "0");
    client.readHead();
    for (int i = 1; i < 20; i++) {
      assertThat(client.readChunk()).isEqualTo("" + (i - 1));
      offer(lines, "" + i);
    }
    offer(lines, "");
    assertThat(client.readChunk()).isEqualTo("19");
    assertThat(client.readChunk()).isEmpty();
  }

  private static void offer(SynchronousQueue<String> lines, String line) {
    try {
      lines.put(line);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sayAll(StreamSink sink, SynchronousQueue<String> lines) throws IOException {
    try {
      for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
        StreamScript.say(sink, line);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theConnectionIsUsableAfterAThousandStreams() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      assertThat(client.send(STREAM).read().body()).isEqualTo("one\ntwo\n");
    }
    assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
  }

  @Test
  void requestsSentDuringAStreamAreAnsweredAfterIt() throws IOException {
    CountDownLatch more = new CountDownLatch(1);
    server.script.set(sink -> {
      StreamScript.say(sink, "first");
      await(more);
    });
    client.send(STREAM).readHead();
    assertThat(client.readChunk()).isEqualTo("first");
    server.script.set(sink -> StreamScript.say(sink, "second"));
    String next = get("/ping") + STREAM + post("/test/echo", "{\"count\":7}") + STREAM;
    for (int i = 0; i < next.length(); i++) {
      client.send(next.substring(i, i + 1));
    }
    more.countDown();
    assertThat(client.readChunk()).isEmpty();
    assertThat(client.read().body()).isEmpty();
    assertThat(client.read().body()).isEqualTo("second");
    assertThat(client.read().body()).isEqualTo("{\"count\":7}");
    assertThat(client.read().body()).isEqualTo("second");
  }

  @Test
  void aLargeRequestSentDuringAStreamWaitsInTheNetwork() throws IOException {
    CountDownLatch more = new CountDownLatch(1);
    server.script.set(sink -> {
      StreamScript.say(sink, "first");
      await(more);
    });
    client.send(STREAM).readHead();
    assertThat(client.readChunk()).isEqualTo("first");
    String body = "{\"name\":\"" + "x".repeat(5_000_000) + "\"}";
    String next = post("/test/echo", body);
    CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendAll(next));
    assertThat(server.call(get("/ping")).status()).isEqualTo(200);
    more.countDown();
    assertThat(client.readChunk()).isEmpty();
    assertThat(client.read().body().equals(body)).isTrue();
    sender.join();
  }

  private void sendAll(String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pipelinedStreamsAreAllAnswered() throws IOException {
    int count = 200;
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> sendAll(STREAM.repeat(count)));
    for (int i = 0; i < count; i++) {
      assertThat(client.read().body()).isEqualTo("one\ntwo\n");
    }
    sender.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private CountDownLatch streamUntilGone() {
    CountDownLatch gone = new CountDownLatch(1);
    server.script.set(sink -> {
      sink.onGone(gone::countDown);
      StreamScript.say(sink, "here");
      await(gone);
    });
    return gone;
  }

  @Test
  void aClientThatClosesIsMissed() throws IOException {
    CountDownLatch gone = streamUntilGone();
    client.send(STREAM).readHead();
    client.close();
    await(gone);
  }

  @Test
  void aClientThatResetsIsMissed() throws IOException {
    CountDownLatch gone = streamUntilGone();
    client.send(STREAM).readHead();
    client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
    client.close();
    await(gone);
  }

  @Test
  void aClientThatHalfClosesIsMissed() throws IOException {
    CountDownLatch gone = streamUntilGone();
    client.send(STREAM).readHead();
    client.socket().shutdownOutput();
    await(gone);
  }

  @Test
  void aClientThatSentAheadAndClosesIsMissed() throws IOException {
    CountDownLatch gone = streamUntilGone();
    client.send(STREAM + get("/ping")).readHead();
    client.send(get("/ping")).close();
    await(gone);
  }

  @Test
  void aClientIsMissedOnALaterStreamToo() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(client.send(STREAM).read().body()).isEqualTo("one\ntwo\n");
    }
    CountDownLatch gone = streamUntilGone();
    client.send(STREAM).readHead();
    client.close();
    await(gone);
  }

  @Test
  void whoAsksLateIsToldAtOnce() throws IOException {
    CountDownLatch late = new CountDownLatch(1);
    server.script.set(sink -> {
      CountDownLatch gone = new CountDownLatch(1);
      sink.onGone(gone::countDown);
      await(gone);
      sink.onGone(late::countDown);
    });
    client.send(STREAM).close();
    await(late);
  }

  @Test
  void aClientThatReadsNothingHoldsTheWriterAndNoMore() throws IOException {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    server.script.set(sink -> {
      try {
        flood(sink, started);
      } catch (IOException gone) {
        end.complete(gone);
        throw gone;
      }
    });
    client.send(STREAM);
    await(started);
    assertThat(server.call(get("/ping")).status()).isEqualTo(200);
    assertThat(end).isNotDone();
    client.close();
    assertThat(end.join()).isInstanceOf(IOException.class);
  }

  private static void flood(StreamSink sink, CountDownLatch started) throws IOException {
    byte[] block = new byte[100_000];
    while (true) {
      sink.send(block, 0, block.length);
      started.countDown();
    }
  }

  @Test
  void aSlowClientGetsEveryByte() throws IOException {
    byte[] block = TestResource.bytes("0123456789".repeat(5_000));
    server.script.set(sink -> {
      for (int i = 0; i < 400; i++) {
        sink.send(block, i, block.length - i);
      }
    });
    client.send(STREAM).readHead();
    String expected = new String(block, 0, block.length, StandardCharsets.US_ASCII);
    for (int i = 0; i < 400; i++) {
      assertThat(client.readChunk().equals(expected.substring(i))).isTrue();
    }
    assertThat(client.readChunk()).isEmpty();
  }

  @Test
  void aFailureBeforeTheFirstByteIsAJsonAnswer() throws IOException {
    server.script.set(sink -> {
      throw new Failure(Failure.Code.CONTEXT_NOT_FOUND, "no such session");
    });
    RawClient.Reply reply = client.send(STREAM).read();
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
    assertThat(reply.body()).contains("CONTEXT_NOT_FOUND");
    assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
  }

  @Test
  void aFailureAfterTheFirstByteCutsTheBody() throws IOException {
    server.script.set(sink -> {
      StreamScript.say(sink, "some");
      throw new Failure(Failure.Code.RUNTIME_ERROR, "broken");
    });
    client.send(STREAM).readHead();
    assertThat(client.readChunk()).isEqualTo("some");
    assertThatThrownBy(client::readChunk).isInstanceOf(IOException.class);
  }

  @Test
  void aStreamOfNothingIsAnEmptyBody() throws IOException {
    server.script.set(sink -> {});
    RawClient.Reply reply = client.send(STREAM).read();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
  }

  @Test
  void anOldClientGetsTheBareBytes() throws IOException {
    client.send("POST /test/stream HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(client.read().body()).isEqualTo("one\ntwo\n");
  }
}
