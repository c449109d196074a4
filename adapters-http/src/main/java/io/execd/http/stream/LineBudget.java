package io.execd.http.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that unfinished long lines of all streams may take together; when it is used up, such
 * lines are cut earlier. Thread-safe.
 */
final class LineBudget {
  /** One for the daemon: a quarter of its default heap. */
  static final LineBudget SHARED = new LineBudget(16 << 20);

  private final AtomicLong left;

  LineBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  boolean acquire(int bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void release(int bytes) {
    left.addAndGet(bytes);
  }
}
