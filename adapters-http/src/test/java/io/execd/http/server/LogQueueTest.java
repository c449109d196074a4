package io.execd.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogQueueTest {
  private final LogQueue queue = new LogQueue();
  private final List<Integer> written = Collections.synchronizedList(new ArrayList<>());

  @Test
  void allIsWrittenInOrderByAnotherThread() {
    List<Thread> writers = Collections.synchronizedList(new ArrayList<>());
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int line = i;
      all.add(line);
      queue.add(() -> {
        written.add(line);
        writers.add(Thread.currentThread());
      });
    }
    queue.flush(Duration.ofSeconds(50));
    assertThat(written).isEqualTo(all);
    assertThat(writers).doesNotContain(Thread.currentThread());
  }

  @Test
  void aLogThatNobodyReadsHoldsNobodyUp() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    queue.add(() -> {
      begun.countDown();
      awaitQuietly(read);
    });
    begun.await();
    assertThat(queue.isFull()).isFalse();
    for (int i = 0; i < 2000; i++) {
      queue.add(() -> written.add(0));
    }
    assertThat(queue.isFull()).isTrue();
    queue.flush(Duration.ofMillis(1));
    assertThat(written).isEmpty();
    read.countDown();
    while (written.size() < 2000) {
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
