package io.execd.os.nativecall;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Platform threads for calls that would hold a virtual thread's carrier while they take. */
public final class CallThreads {
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int STACK_BYTES = 256 * 1024;

  private CallThreads() {}

  /**
   * A pool whose threads come on demand and go when idle.
   *
   * @param threads what is special about them
   * @param most so many run at the same moment
   * @param waiting where tasks wait for a thread
   */
  public static ThreadPoolExecutor pool(
      Thread.Builder.OfPlatform threads, int most, BlockingQueue<Runnable> waiting) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            waiting,
            threads.daemon().stackSize(STACK_BYTES).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
