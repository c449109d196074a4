package io.execd.domain.code;

import io.execd.domain.Failure;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.OutputSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in memory. It understands {@code print TEXT}, {@code warn TEXT}, {@code value TEXT},
 * {@code raise NAME}, {@code sleep} (until it is interrupted), {@code ignore} (sleeps, and does not
 * care) and {@code die}, one in each line.
 */
public final class FakeKernel implements Kernel {
  private volatile @Nullable Failure unheard;
  private final ContextId id = ContextId.random();
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private int count;
  private int interrupts;
  private int resumes;
  private boolean ignores;
  private boolean closed;
  private @Nullable KernelObserver sleeping;
  private @Nullable String lost;
  private @Nullable Failure refusal;

  @Override
  public ContextId id() {
    return id;
  }

  @Override
  public Optional<String> lost() {
    lock.lock();
    try {
      return Optional.ofNullable(lost);
    } finally {
      lock.unlock();
    }
  }

  /** From now on the kernel is known to be gone. */
  public void lose(String reason) {
    lock.lock();
    try {
      lost = reason;
    } finally {
      lock.unlock();
    }
  }

  /** Every execution is refused like this from now on; null: no more. */
  public void refuse(@Nullable Failure failure) {
    lock.lock();
    try {
      refusal = failure;
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** How often it was interrupted while something ran. */
  public int interrupts() {
    lock.lock();
    try {
      return interrupts;
    } finally {
      lock.unlock();
    }
  }

  public int resumes() {
    lock.lock();
    try {
      return resumes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void execute(String code, KernelObserver observer) {
    observer.event(new ExecutionEvent.Status("busy"));
    observer.event(new ExecutionEvent.Count(begin()));
    for (String line : code.split("\n", -1)) {
      String[] words = line.split(" ", 2);
      if (!step(words[0], words.length > 1 ? words[1] : "", observer)) {
        return;
      }
    }
    end(observer, new KernelEnd.Finished());
  }

  private int begin() {
    lock.lock();
    try {
      if (refusal != null) {
        throw refusal;
      }
      ignores = false;
      return ++count;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the next line is to follow. */
  private boolean step(String verb, String rest, KernelObserver observer) {
    switch (verb) {
      case "print" -> observer.event(text(OutputSource.STDOUT, rest));
      case "warn" -> observer.event(text(OutputSource.STDERR, rest));
      case "value" -> observer.event(value(rest));
      default -> {
        stop(verb, rest, observer);
        return false;
      }
    }
    return true;
  }

  private void stop(String verb, String rest, KernelObserver observer) {
    switch (verb) {
      case "raise" -> end(observer, new KernelEnd.Raised(rest, "told to", List.of(rest)));
      case "die" -> observer.ended(new KernelEnd.Died("the kernel died", rest.equals("for good")));
      case "sleep" -> sleep(observer, false);
      case "ignore" -> sleep(observer, true);
      default -> throw new IllegalArgumentException(verb);
    }
  }

  private void sleep(KernelObserver observer, boolean whatever) {
    lock.lock();
    try {
      sleeping = observer;
      ignores = whatever;
    } finally {
      lock.unlock();
    }
  }

  private static ExecutionEvent text(OutputSource source, String text) {
    return new ExecutionEvent.Text(source, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private ExecutionEvent value(String text) {
    Map<String, byte[]> values = Map.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
    lock.lock();
    try {
      return new ExecutionEvent.Result(OptionalInt.of(count), values);
    } finally {
      lock.unlock();
    }
  }

  private static void end(KernelObserver observer, KernelEnd end) {
    observer.event(new ExecutionEvent.Status("idle"));
    observer.ended(end);
  }

  /** What sleeps wakes up. */
  public void wake() {
    KernelObserver observer = takeSleeping(true);
    if (observer != null) {
      end(observer, new KernelEnd.Finished());
    }
  }

  @Override
  public void resume() {
    lock.lock();
    try {
      resumes++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletableFuture<Void> interrupt() {
    KernelObserver observer = takeSleeping(false);
    if (observer != null) {
      end(observer, new KernelEnd.Raised("KeyboardInterrupt", "", List.of("KeyboardInterrupt")));
    }
    return unheard == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(unheard);
  }

  /** From now on no interrupt reaches it, for this reason. */
  public void refuseInterrupts(Failure reason) {
    unheard = reason;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    KernelObserver observer = takeSleeping(true);
    if (observer != null) {
      observer.ended(new KernelEnd.Died("the context was closed", true));
    }
  }

  private @Nullable KernelObserver takeSleeping(boolean evenIfItIgnores) {
    lock.lock();
    try {
      KernelObserver observer = sleeping;
      interrupts += observer == null || evenIfItIgnores ? 0 : 1;
      if (ignores && !evenIfItIgnores) {
        return null;
      }
      sleeping = null;
      return observer;
    } finally {
      lock.unlock();
    }
  }
}
