package io.execd.os.command;

import io.execd.os.nativecall.CallThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Platform threads for what must not run on a virtual one: a spawn blocks its thread with all
 * signals blocked, and a virtual thread's carrier with it. They come on demand, four at most, and
 * go when idle.
 */
final class LaunchThreads {
  private static final int MOST = 4;

  private final Executor pool;

  LaunchThreads() {
    this(
        CallThreads.pool(
            Thread.ofPlatform().name("execd-launch-", 0), MOST, new LinkedBlockingQueue<>()));
  }

  LaunchThreads(Executor pool) {
    this.pool = pool;
  }

  /**
   * Runs the task on a platform thread and waits for it, interrupted or not. Where no thread can be
   * had, the task runs on the calling one: the kernel then says itself what there is too little of.
   */
  <T> T call(Supplier<T> task) {
    if (!Thread.currentThread().isVirtual()) {
      return task.get();
    }
    CompletableFuture<T> result;
    try {
      result = CompletableFuture.supplyAsync(task, pool);
    } catch (OutOfMemoryError noThread) {
      return task.get();
    }
    return result.join();
  }
}
