package io.execd.http.server;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One request's part of the memory that JSON bodies may take together: asked for before a body is
 * read, given back when the resource has answered, since until then it holds what was read. Used by
 * one thread.
 */
final class BodyLease implements AutoCloseable {
  /** What a server has to lend; fair, so that small bodies do not keep a large one waiting. */
  static final class Budget {
    private final Semaphore free = new Semaphore(Limits.BODY_BUDGET_BYTES, true);

    BodyLease lease() {
      return new BodyLease(free);
    }
  }

  private final Semaphore budget;
  private int held;

  private BodyLease(Semaphore budget) {
    this.budget = budget;
  }

  /**
   * Waits until a body of so many bytes may be read; one of more than the whole budget has it for
   * itself. Called once.
   *
   * @throws RefusedBodyException when others keep the memory for too long
   */
  void take(long bytes) throws RefusedBodyException, InterruptedIOException {
    int wanted = (int) Math.min(bytes, Limits.BODY_BUDGET_BYTES);
    try {
      if (!budget.tryAcquire(wanted, Limits.BODY_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw RefusedBodyException.busy();
      }
      held = wanted;
    } catch (InterruptedException stopped) {
      throw (InterruptedIOException) new InterruptedIOException("stopped").initCause(stopped);
    }
  }

  @Override
  public void close() {
    budget.release(held);
    held = 0;
  }
}
