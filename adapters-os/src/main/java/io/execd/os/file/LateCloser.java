package io.execd.os.file;

import io.execd.os.nativecall.FileCalls;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes the last descriptors of files that have been replaced. The kernel frees a file then, and
 * first waits for those of its pages that are on their way to the disk: a millisecond for a small
 * file written just before, 100 ms for 256 MiB. Who has replaced it need not wait for that.
 * Thread-safe.
 */
final class LateCloser {
  /** Each is a descriptor, and the space of a file that is still taken. */
  private static final int MOST = 64;

  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int STACK_BYTES = 256 * 1024;

  private final FileCalls calls;
  private final ThreadPoolExecutor thread;

  LateCloser(FileCalls calls) {
    this.calls = calls;
    Thread.Builder threads =
        Thread.ofPlatform().daemon().name("execd-file-closer").stackSize(STACK_BYTES);
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(MOST),
            threads.factory(),
            new ThreadPoolExecutor.CallerRunsPolicy());
    thread.allowCoreThreadTimeOut(true);
  }

  /** Soon; at once, and here, when too many wait. */
  void close(int descriptor) {
    thread.execute(() -> calls.close(descriptor));
  }
}
