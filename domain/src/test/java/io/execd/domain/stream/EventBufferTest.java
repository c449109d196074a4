package io.execd.domain.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.stream.ExecutionEvent.Completed;
import io.execd.domain.stream.ExecutionEvent.Gap;
import io.execd.domain.stream.ExecutionEvent.Init;
import io.execd.domain.stream.ExecutionEvent.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventBufferTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_000);
  private static final Completed END = new Completed(Duration.ZERO);

  private final AtomicInteger roomAgain = new AtomicInteger();
  private final AtomicInteger ownerGone = new AtomicInteger();
  private final BufferBudget budget = new BufferBudget(1 << 20);

  @Test
  void deliversEventsInOrderWithAbsoluteOffsets() throws Exception {
    EventBuffer buffer = buffer(64 * 1024, 0);
    EventReader owner = buffer.own();
    buffer.append(new Init("a"));
    buffer.append(output("12345"));
    buffer.append(output("678"));
    assertThat(take(owner)).extracting(StreamEvent::offset).containsExactly(0L, 5L, 8L);
    buffer.append(END);
    assertThat(take(owner)).containsExactly(new StreamEvent(8, 1_000, END));
  }

  @Test
  void takeWaitsForTheNextEvent() throws Exception {
    EventBuffer buffer = buffer(64 * 1024, 0);
    EventReader owner = buffer.own();
    CompletableFuture<List<StreamEvent>> taken = CompletableFuture.supplyAsync(() -> take(owner));
    buffer.append(new Init("late"));
    assertThat(taken.get(10, SECONDS)).hasSize(1);
  }

  @Test
  void takeReturnsEmptyWhenTheTimeIsOver() throws Exception {
    EventReader owner = buffer(64 * 1024, 0).own();
    assertThat(owner.take(1, NANOSECONDS)).isEmpty();
    assertThat(owner.isClosed()).isFalse();
  }

  @Test
  void aBatchIsBoundedSoThatASlowClientHoldsLittle() {
    EventBuffer buffer = buffer(1 << 20, 0);
    EventReader owner = buffer.own();
    for (int i = 0; i < 10; i++) {
      buffer.append(output("x".repeat(20_000)));
    }
    assertThat(take(owner)).hasSize(4);
  }

  @Test
  void roomEndsWhenTheOwnerIsBehindAndComesBackWhenItCatchesUp() throws Exception {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    assertThat(buffer.room()).isEqualTo(8_192);
    buffer.append(output("x".repeat(8_000)));
    assertThat(buffer.room()).isZero();
    assertThat(roomAgain).hasValue(0);
    take(owner);
    assertThat(roomAgain).as("the reader still holds it").hasValue(0);
    assertThat(buffer.room()).isZero();
    takeNothing(owner);
    assertThat(roomAgain).hasValue(1);
    assertThat(buffer.room()).isEqualTo(8_192);
  }

  @Test
  void manyTinyEventsAreBoundedToo() {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    int events = 0;
    while (buffer.room() > 0) {
      buffer.append(output("."));
      events++;
    }
    assertThat(events).isBetween(10, 100);
    assertThat(take(owner)).hasSize(events);
  }

  @Test
  void whileAllBuffersTogetherHoldTooMuchEachMayHoldLittle() {
    EventBuffer hungry =
        new EventBuffer(limits(1 << 21, 0), budget, InstantSource.fixed(NOW), listener());
    hungry.own();
    hungry.append(output("x".repeat(1 << 20)));
    EventBuffer other = buffer(64 * 1024, 0);
    other.own();
    assertThat(other.room()).isEqualTo(4_096);
  }

  @Test
  void nothingIsHeldOnceItWasTakenAndTheStreamIsOver() {
    EventBuffer buffer = buffer(64 * 1024, 0);
    EventReader owner = buffer.own();
    buffer.append(new Init("a"));
    buffer.append(output("abc"));
    buffer.append(END);
    take(owner);
    owner.close();
    assertThat(budget.heldBytes()).isZero();
    assertThat(ownerGone).hasValue(0);
  }

  @Test
  void anOwnerThatLeavesEarlyIsReportedOnceAndHoldsNothingBack() {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    buffer.append(output("x".repeat(8_000)));
    owner.close();
    owner.close();
    assertThat(ownerGone).hasValue(1);
    assertThat(buffer.room()).isPositive();
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void closingEndsAWaitingTake() throws Exception {
    EventReader owner = buffer(8_192, 0).own();
    CompletableFuture<List<StreamEvent>> taken = CompletableFuture.supplyAsync(() -> take(owner));
    owner.close();
    assertThat(taken.get(10, SECONDS)).isEmpty();
    assertThat(owner.isClosed()).isTrue();
  }

  @Test
  void whatFollowsTheTerminalEventIsDropped() {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    buffer.append(END);
    buffer.append(output("too late"));
    assertThat(take(owner)).extracting(StreamEvent::event).containsExactly(END);
  }

  @Test
  void anObserverNeverHoldsTheProgramBackAndIsToldWhatItLost() throws Exception {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    EventReader observer = buffer.observe(0);
    for (int i = 0; i < 10; i++) {
      assertThat(buffer.room()).isPositive();
      buffer.append(output("x".repeat(4_000)));
      take(owner);
    }
    takeNothing(owner);
    List<StreamEvent> seen = take(observer);
    assertThat(seen.getFirst().event()).isInstanceOf(Gap.class);
    long lost = ((Gap) seen.getFirst().event()).bytes();
    assertThat(lost + seen.stream().mapToLong(e -> e.event().weight()).sum()).isEqualTo(40_000);
  }

  @Test
  void anObserverStartsInTheMiddleOfAnEvent() {
    EventBuffer buffer = buffer(8_192, 4_096);
    EventReader owner = buffer.own();
    buffer.append(output("abcdef"));
    take(owner);
    List<StreamEvent> seen = take(buffer.observe(4));
    assertThat(seen).extracting(StreamEvent::offset).containsExactly(6L);
    assertThat(text(seen)).isEqualTo("ef");
  }

  @Test
  void anObserverThatComesAfterTheEndFindsTheEnd() throws Exception {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    buffer.append(output("gone"));
    buffer.append(END);
    take(owner);
    takeNothing(owner);
    assertThat(take(buffer.observe(0)))
        .extracting(StreamEvent::event)
        .containsExactly(new Gap(4), END);
  }

  @Test
  void thereIsOneOwnerAndItComesFirst() {
    EventBuffer buffer = buffer(8_192, 0);
    buffer.own();
    assertThatThrownBy(buffer::own).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProducerAndItsOwnerOnTwoThreadsLoseNothing() throws Exception {
    EventBuffer buffer = buffer(8_192, 0);
    EventReader owner = buffer.own();
    Thread producer = Thread.ofPlatform().start(() -> produce(buffer, 2_000));
    List<StreamEvent> all = new ArrayList<>();
    while (all.isEmpty() || !all.getLast().event().terminal()) {
      all.addAll(take(owner));
    }
    producer.join();
    assertThat(all.getLast().offset()).isEqualTo(2_000 * 100L);
    assertThat(all).hasSize(2_001);
  }

  private void produce(EventBuffer buffer, int events) {
    for (int i = 0; i < events; i++) {
      while (buffer.room() == 0) {
        Thread.onSpinWait();
      }
      buffer.append(output("y".repeat(100)));
    }
    buffer.append(END);
  }

  private EventBuffer buffer(int capacity, int retained) {
    return new EventBuffer(
        limits(capacity, retained), budget, InstantSource.fixed(NOW), listener());
  }

  private static StreamLimits limits(int capacity, int retained) {
    return new StreamLimits(capacity, 4_096, retained);
  }

  private EventBuffer.Listener listener() {
    return new EventBuffer.Listener() {
      @Override
      public void roomAgain() {
        roomAgain.incrementAndGet();
      }

      @Override
      public void ownerGone() {
        ownerGone.incrementAndGet();
      }
    };
  }

  private static Output output(String text) {
    return new Output(OutputSource.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(List<StreamEvent> events) {
    StringBuilder text = new StringBuilder();
    for (StreamEvent entry : events) {
      if (entry.event() instanceof Output(var source, byte[] bytes)) {
        text.append(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static void takeNothing(EventReader reader) throws InterruptedException {
    assertThat(reader.take(1, NANOSECONDS)).isEmpty();
  }

  private static List<StreamEvent> take(EventReader reader) {
    try {
      return reader.take(10, SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
