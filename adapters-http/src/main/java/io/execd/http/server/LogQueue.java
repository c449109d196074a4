package io.execd.http.server;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the selector thread has to log, written by another thread in the same order: whoever should
 * read the log may be slow, and all connections would wait. Thread-safe.
 */
final class LogQueue {
  private static final int MOST = 1024;

  /**
   * Later ones are written with the first: to wake a thread for each takes longer than the line.
   */
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS, Thread::startVirtualThread);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable CompletableFuture<Void> writing;

  /** Whether so much waits that nothing should be added. */
  boolean isFull() {
    return count.get() >= MOST;
  }

  /** Never blocks, and loses nothing, full or not. */
  void add(Runnable write) {
    waiting.add(write);
    if (count.getAndIncrement() == 0) {
      writing = CompletableFuture.runAsync(this::writeAll, SOON);
    }
  }

  private void writeAll() {
    do {
      waiting.remove().run();
    } while (count.decrementAndGet() > 0);
  }

  /** Waits until what was added is written, or the time is over. */
  void flush(Duration longest) {
    CompletableFuture<Void> now = writing;
    if (now != null) {
      now.completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }
}
