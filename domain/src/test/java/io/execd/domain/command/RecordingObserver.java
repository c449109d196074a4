package io.execd.domain.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.stream.OutputSource;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** An observer for tests: keeps all output, takes as much as the test says, waits for the end. */
public final class RecordingObserver implements ProcessObserver {
  private static final int TIMEOUT_SECONDS = 60;

  private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();
  private final AtomicInteger ends = new AtomicInteger();

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private int room = Integer.MAX_VALUE;
  private int largest;
  private int refusals;
  private boolean late;

  private ByteArrayOutputStream sink(OutputSource source) {
    return switch (source) {
      case STDOUT -> out;
      case STDERR -> err;
    };
  }

  /** What {@link #room} answers from now on. */
  public RecordingObserver limitTo(int bytes) {
    synchronized (lock) {
      room = bytes;
      return this;
    }
  }

  @Override
  public int room() {
    synchronized (lock) {
      refusals += room == 0 ? 1 : 0;
      lock.notifyAll();
      return room;
    }
  }

  @Override
  public void output(OutputSource source, byte[] bytes) {
    synchronized (lock) {
      late |= end.isDone();
      largest = Math.max(largest, bytes.length);
      sink(source).writeBytes(bytes);
      lock.notifyAll();
    }
  }

  @Override
  public void exited(ExitStatus status) {
    ends.incrementAndGet();
    end.complete(status);
  }

  /** Waits for the end of the process. */
  public ExitStatus status() {
    return end.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  public boolean ended() {
    return end.isDone();
  }

  public int ends() {
    return ends.get();
  }

  public String text(OutputSource source) {
    synchronized (lock) {
      return sink(source).toString(UTF_8);
    }
  }

  /** What came on stdout so far. */
  public String text() {
    return text(OutputSource.STDOUT);
  }

  public long size() {
    synchronized (lock) {
      return (long) out.size() + err.size();
    }
  }

  /** The size of the largest piece of output. */
  public int largest() {
    synchronized (lock) {
      return largest;
    }
  }

  /** Whether output came after the end. */
  public boolean late() {
    synchronized (lock) {
      return late;
    }
  }

  /** Waits until stdout holds this text. */
  public void awaitText(String text) {
    await(() -> text().contains(text), text);
  }

  /** Waits until there are this many bytes. */
  public void awaitSize(long bytes) {
    await(() -> size() >= bytes, bytes + " bytes");
  }

  /** Waits until the launcher was told that there is no room. */
  public void awaitRefusal() {
    await(() -> refusals > 0, "a question for room");
  }

  private void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    synchronized (lock) {
      while (!condition.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + what);
        }
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
