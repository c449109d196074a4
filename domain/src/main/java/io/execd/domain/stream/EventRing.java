package io.execd.domain.stream;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A growing ring of events, addressed by a sequence number that never restarts. Not thread-safe.
 */
final class EventRing {
  private @Nullable StreamEvent[] slots = new @Nullable StreamEvent[4];
  private long first;
  private long next;

  /** The sequence number of the oldest event held; equals {@link #next} when there is none. */
  long first() {
    return first;
  }

  /** The sequence number that the next event will get. */
  long next() {
    return next;
  }

  StreamEvent get(long sequence) {
    return Objects.requireNonNull(slots[slot(sequence)]);
  }

  void add(StreamEvent event) {
    if (next - first == slots.length) {
      grow();
    }
    slots[slot(next++)] = event;
  }

  StreamEvent removeFirst() {
    StreamEvent event = get(first);
    slots[slot(first++)] = null;
    return event;
  }

  private void grow() {
    @Nullable StreamEvent[] old = slots;
    slots = Arrays.copyOf(old, old.length * 2);
    Arrays.fill(slots, null);
    for (long sequence = first; sequence < next; sequence++) {
      slots[slot(sequence)] = old[(int) (sequence & (old.length - 1))];
    }
  }

  private int slot(long sequence) {
    return (int) (sequence & (slots.length - 1));
  }
}
