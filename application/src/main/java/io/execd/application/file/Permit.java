package io.execd.application.file;

import java.util.concurrent.Semaphore;

/** One of the permits of a semaphore, or not yet. For one thread at a time. */
final class Permit {
  private final Semaphore permits;
  private boolean held;

  Permit(Semaphore permits) {
    this.permits = permits;
  }

  /** Whether it is held, now if not before. Does not wait. */
  boolean take() {
    held = held || permits.tryAcquire();
    return held;
  }

  /** Idempotent. */
  void giveBack() {
    if (held) {
      held = false;
      permits.release();
    }
  }
}
