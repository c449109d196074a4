package io.execd.os.file;

import io.execd.os.nativecall.CallThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * Where work on files runs. A file system call does not unmount a virtual thread, so it holds a
 * carrier for as long as it takes; were all of them held, by a slow disk or a dead network mount,
 * nothing else would run. So brief work runs where it is called as long as another carrier is left,
 * and on a platform thread otherwise; work that takes longer always goes there.
 */
final class FileThreads {
  private static final int MOST = 16;

  private final Semaphore carriers = new Semaphore(Runtime.getRuntime().availableProcessors() - 1);
  private final ThreadPoolExecutor pool =
      CallThreads.pool(
          Thread.ofPlatform().name("execd-file-", 0).uncaughtExceptionHandler((thread, lost) -> {}),
          MOST,
          new LinkedBlockingQueue<>());

  /** Runs it here if that does no harm, else on a platform thread, and waits for it. */
  <T> T briefly(Supplier<T> work) {
    if (!Thread.currentThread().isVirtual()) {
      return work.get();
    }
    if (!carriers.tryAcquire()) {
      return elsewhere(work);
    }
    try {
      return work.get();
    } finally {
      carriers.release();
    }
  }

  /** Runs it on a platform thread and waits for it, interrupted or not. */
  <T> T atLength(Supplier<T> work) {
    return Thread.currentThread().isVirtual() ? elsewhere(work) : work.get();
  }

  /**
   * Runs it on a platform thread of the pool, wherever it is called. When it throws {@link
   * LostThread}, that thread ends, and the caller gets why.
   */
  <T> T elsewhere(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    pool.execute(() -> run(work, done));
    try {
      return done.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private static <T> void run(Supplier<T> work, CompletableFuture<T> done) {
    try {
      done.complete(work.get());
    } catch (LostThread lost) {
      done.completeExceptionally(lost.why);
      throw lost;
    } catch (RuntimeException | Error failed) {
      done.completeExceptionally(failed);
    }
  }

  /** The thread it is thrown on is not fit for anything any more. */
  static final class LostThread extends Error {
    private static final long serialVersionUID = 1L;

    private final RuntimeException why;

    LostThread(RuntimeException why) {
      super(why);
      this.why = why;
    }
  }
}
