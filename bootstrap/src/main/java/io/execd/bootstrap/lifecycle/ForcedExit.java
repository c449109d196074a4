package io.execd.bootstrap.lifecycle;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process when it cannot be left to what runs: after an error of a thread that
 * serves all clients, so that a supervisor starts a daemon that is whole, and when a stop takes too
 * long. One thread waits for that from the start, since later there may be no memory for one.
 * Thread-safe.
 */
public final class ForcedExit implements Thread.UncaughtExceptionHandler {
  private static final Duration LINE_TIME = Duration.ofMillis(500);
  private static final byte[] BARE_LINE =
      "execd: ends itself after an error\n".getBytes(StandardCharsets.US_ASCII);

  private record End(long nanos, int exitCode) {}

  private final AtomicReference<@Nullable End> end = new AtomicReference<>();
  private final Thread waiter;

  /** Made early, and of its own: a thread may hold System.err that never comes back. */
  private final PrintStream stderr =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private ForcedExit() {
    waiter = Thread.ofPlatform().name("execd-exit").daemon().unstarted(this::await);
  }

  /** Hears of every error that no thread has caught, from now on. */
  public static ForcedExit install() {
    ForcedExit exit = new ForcedExit();
    exit.waiter.start();
    Thread.setDefaultUncaughtExceptionHandler(exit);
    return exit;
  }

  /** Ends the process in so much time unless it has ended before. The first call counts. */
  public void within(Duration time, int exitCode) {
    if (end.compareAndSet(null, new End(System.nanoTime() + time.toNanos(), exitCode))) {
      LockSupport.unpark(waiter);
    }
  }

  private void await() {
    while (true) {
      End known = end.get();
      long left = known == null ? 0 : known.nanos - System.nanoTime();
      if (known == null) {
        LockSupport.park(this);
      } else if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        Runtime.getRuntime().halt(known.exitCode);
      }
    }
  }

  /** An error of a virtual thread is one of the request that it serves. */
  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    if (thrown instanceof Error && !thread.isVirtual()) {
      end(thread, thrown);
    } else {
      System.getLogger(ForcedExit.class.getName())
          .log(Level.ERROR, "a thread ended: " + thread.getName(), thrown);
    }
  }

  /** The line is written beside the clock: stderr may be a pipe that is not read. */
  private void end(Thread thread, Throwable error) {
    try {
      within(LINE_TIME, 1);
      byte[] line = line(thread, error);
      stderr.write(line, 0, line.length);
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static byte[] line(Thread thread, Throwable error) {
    try {
      String line = "execd: ends itself: " + error + " on the thread " + thread.getName() + "\n";
      return line.getBytes(StandardCharsets.UTF_8);
    } catch (OutOfMemoryError none) {
      return BARE_LINE;
    }
  }
}
