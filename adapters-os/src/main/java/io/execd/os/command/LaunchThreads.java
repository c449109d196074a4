package io.execd.os.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Platform threads for what must not run on a virtual one: a spawn blocks its thread with all
 * signals blocked, and a virtual thread's carrier with it. They come on demand, four at most, and
 * go when idle.
 */
final class LaunchThreads {
  private static final int MOST = 4;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int STACK_BYTES = 256 * 1024;

  private final ThreadPoolExecutor pool;

  LaunchThreads() {
    Thread.Builder threads =
        Thread.ofPlatform().daemon().name("execd-launch-", 0).stackSize(STACK_BYTES);
    this.pool =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            threads.factory());
    pool.allowCoreThreadTimeOut(true);
  }

  /** Runs the task on a platform thread and waits for it, interrupted or not. */
  <T> T call(Supplier<T> task) {
    return Thread.currentThread().isVirtual()
        ? CompletableFuture.supplyAsync(task, pool).join()
        : task.get();
  }
}
