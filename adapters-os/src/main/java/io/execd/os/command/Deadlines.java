package io.execd.os.command;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What the loop's thread has to do later. For that thread. */
final class Deadlines {
  /** For {@link #millisToNext}: nothing to wait for. */
  static final int NEVER = -1;

  private record Deadline(long nanos, Runnable action) {}

  private final long origin = System.nanoTime();
  private final PriorityQueue<Deadline> queue =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::nanos));

  void after(Duration delay, Runnable action) {
    queue.add(new Deadline(now() + delay.toNanos(), action));
  }

  /** Rounded up, so that the next one is due when the wait is over. */
  int millisToNext() {
    Deadline next = queue.peek();
    if (next == null) {
      return NEVER;
    }
    long millis = (Math.max(0, next.nanos() - now()) + 999_999) / 1_000_000;
    return (int) Math.min(Integer.MAX_VALUE, millis);
  }

  /** The next action that is due, which is then forgotten. */
  @Nullable Runnable pollDue() {
    return millisToNext() == 0 ? queue.remove().action() : null;
  }

  private long now() {
    return System.nanoTime() - origin;
  }
}
