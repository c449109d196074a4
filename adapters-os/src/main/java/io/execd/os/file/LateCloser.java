package io.execd.os.file;

import io.execd.os.nativecall.CallThreads;
import io.execd.os.nativecall.FileCalls;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Closes the last descriptors of files that have been replaced. The kernel frees a file then, and
 * first waits for those of its pages that are on their way to the disk: a millisecond for a small
 * file written just before, 100 ms for 256 MiB. Who has replaced it need not wait for that.
 * Thread-safe.
 */
final class LateCloser {
  /** Each is a descriptor, and the space of a file that is still taken. */
  private static final int MOST = 64;

  private final FileCalls calls;
  private final ThreadPoolExecutor thread;

  LateCloser(FileCalls calls) {
    this.calls = calls;
    this.thread =
        CallThreads.pool(
            Thread.ofPlatform().name("execd-file-closer"), 1, new LinkedBlockingQueue<>(MOST));
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** Soon; at once, and here, when too many wait. */
  void close(int descriptor) {
    thread.execute(() -> calls.close(descriptor));
  }
}
