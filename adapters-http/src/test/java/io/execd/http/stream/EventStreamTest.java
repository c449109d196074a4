package io.execd.http.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.stream.BufferBudget;
import io.execd.domain.stream.EventBuffer;
import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent.Completed;
import io.execd.domain.stream.ExecutionEvent.Init;
import io.execd.domain.stream.ExecutionEvent.Output;
import io.execd.domain.stream.OutputSource;
import io.execd.domain.stream.StreamLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final StreamOptions BARE = new StreamOptions(Framing.BARE, false);

  private final CountDownLatch ownerGone = new CountDownLatch(1);
  private final RecordingSink sink = new RecordingSink();
  private final EventBuffer buffer =
      new EventBuffer(
          new StreamLimits(1 << 20, 4_096, 0),
          new BufferBudget(1 << 24),
          InstantSource.system(),
          new EventBuffer.Listener() {
            @Override
            public void roomAgain() {}

            @Override
            public void ownerGone() {
              ownerGone.countDown();
            }
          });
  private final EventReader reader = buffer.own();

  @Test
  void aPingFollowsInitAndNothingFollowsTheEnd() throws Exception {
    buffer.append(new Init("id"));
    buffer.append(new Completed(Duration.ZERO));
    new EventStream(reader, BARE).writeTo(sink);
    assertThat(sink.text().replaceAll("\"timestamp\":\\d+", "\"timestamp\":0"))
        .isEqualTo(
            """
            {"type":"init","timestamp":0,"text":"id"}

            {"type":"ping","timestamp":0,"text":"pong"}

            {"type":"execution_complete","timestamp":0,"execution_time":0}

            """);
  }

  @Test
  void whatHasGatheredGoesOutInOneWrite() throws Exception {
    buffer.append(new Init("id"));
    for (int i = 0; i < 100; i++) {
      buffer.append(output("line\n"));
    }
    buffer.append(new Completed(Duration.ZERO));
    new EventStream(reader, BARE).writeTo(sink);
    assertThat(sink.sends()).isEqualTo(1);
  }

  @Test
  void anEventLeavesBeforeTheNextOneCame() throws Exception {
    CompletableFuture<Void> stream = start(BARE);
    buffer.append(new Init("id"));
    assertThat(sink.firstSend.await(10, SECONDS)).isTrue();
    buffer.append(new Completed(Duration.ZERO));
    stream.get(10, SECONDS);
    assertThat(sink.sends()).isEqualTo(2);
  }

  @Test
  void aClientThatLeavesEndsTheStreamAndTheExecutionHearsOfIt() throws Exception {
    CompletableFuture<Void> stream = start(BARE);
    buffer.append(new Init("id"));
    assertThat(sink.firstSend.await(10, SECONDS)).isTrue();
    sink.leave();
    assertThat(ownerGone.await(10, SECONDS)).isTrue();
    assertThatThrownBy(() -> stream.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void aClientThatDoesNotTakeBytesAnyMoreEndsTheExecutionToo() throws Exception {
    buffer.append(new Init("id"));
    sink.leave();
    assertThatThrownBy(() -> new EventStream(reader, BARE).writeTo(sink))
        .isInstanceOf(IOException.class);
    assertThat(ownerGone.await(10, SECONDS)).isTrue();
  }

  @Test
  void anUnfinishedLineIsSentSoonOnlyOnRequest() throws Exception {
    CompletableFuture<Void> stream = start(new StreamOptions(Framing.BARE, true));
    buffer.append(output("login: "));
    assertThat(sink.firstSend.await(10, SECONDS)).isTrue();
    assertThat(sink.text()).contains("\"text\":\"login: \"");
    buffer.append(new Completed(Duration.ZERO));
    stream.get(10, SECONDS);
  }

  @Test
  void largeOutputGoesOutInPiecesOfBoundedSize() throws Exception {
    CompletableFuture<Void> stream = start(BARE);
    for (int i = 0; i < 50; i++) {
      buffer.append(output("\n".repeat(10_000)));
    }
    buffer.append(new Completed(Duration.ZERO));
    stream.get(30, SECONDS);
    assertThat(sink.largest()).isLessThan(64 * 1024);
    assertThat(sink.text().split("stdout", -1)).hasSize(500_001);
  }

  @Test
  void theFramingIsChosenByName() {
    assertThat(StreamOptions.of(null, null)).isEqualTo(BARE);
    assertThat(StreamOptions.of("standard", true))
        .isEqualTo(new StreamOptions(Framing.STANDARD, true));
    assertThatThrownBy(() -> StreamOptions.of("other", false))
        .isInstanceOf(Failure.class)
        .hasMessage("sse: must be 'standard' or absent, not 'other'");
  }

  private CompletableFuture<Void> start(StreamOptions options) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        new EventStream(reader, options).writeTo(sink);
        ended.complete(null);
      } catch (IOException e) {
        ended.completeExceptionally(e);
      }
    });
    return ended;
  }

  private static Output output(String text) {
    return new Output(OutputSource.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }
}
