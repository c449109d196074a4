package io.execd.os.command;

import io.execd.os.nativecall.CallThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * Platform threads for what must not run on a virtual one: a spawn blocks its thread with all
 * signals blocked, and a virtual thread's carrier with it. They come on demand, four at most, and
 * go when idle.
 */
final class LaunchThreads {
  private static final int MOST = 4;

  private final ThreadPoolExecutor pool =
      CallThreads.pool(
          Thread.ofPlatform().name("execd-launch-", 0), MOST, new LinkedBlockingQueue<>());

  /** Runs the task on a platform thread and waits for it, interrupted or not. */
  <T> T call(Supplier<T> task) {
    return Thread.currentThread().isVirtual()
        ? CompletableFuture.supplyAsync(task, pool).join()
        : task.get();
  }
}
