package io.execd.domain.stream;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded buffer between one execution and its readers. Offsets are absolute, so a reader
 * always knows what it has missed. The producer never waits in here: it asks {@link #room} before
 * it reads from the program and leaves the program alone while the answer is 0. Only the owner can
 * bring that about; any other reader that falls behind finds a {@link ExecutionEvent.Gap}.
 *
 * <p>Thread-safe. No callback runs under its lock. Nothing blocks but {@link EventReader#take}.
 */
public final class EventBuffer {
  /** What an event costs beside its bytes, so that many tiny ones are bounded too. */
  private static final int EVENT_OVERHEAD = 96;

  private static final int BATCH_BYTES = 64 * 1024;

  private final StreamLimits limits;
  private final BufferBudget budget;
  private final InstantSource clock;
  private final Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  // All guarded by lock.
  private final EventRing events = new EventRing();
  private final Set<EventReader> observers = new HashSet<>(0);
  private @Nullable EventReader owner;
  private long offset;
  private long firstOffset;
  private long heldBytes;
  private long unreadBytes;
  private boolean producerWaits;
  private boolean ended;

  /** What the execution does about its owner. Called without locks, on the reader's thread. */
  public interface Listener {
    /** {@link EventBuffer#room} answered 0 before and is positive again. */
    void roomAgain();

    /** The owner left before the terminal event. */
    void ownerGone();
  }

  public EventBuffer(
      StreamLimits limits, BufferBudget budget, InstantSource clock, Listener listener) {
    this.limits = limits;
    this.budget = budget;
    this.clock = clock;
    this.listener = listener;
  }

  /** Opens the owner's reader, at the start of the stream. Once, before the first event. */
  public EventReader own() {
    lock.lock();
    try {
      if (owner != null || events.next() > 0) {
        throw new IllegalStateException("the owner comes first, and once");
      }
      owner = new EventReader(this, 0, 0);
      return owner;
    } finally {
      lock.unlock();
    }
  }

  /** Opens a reader that goes on after this output offset and never holds the program back. */
  public EventReader observe(long afterOffset) {
    lock.lock();
    try {
      EventReader reader = new EventReader(this, sequenceAfter(afterOffset), afterOffset);
      observers.add(reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes the program may write now; 0: none until {@link Listener#roomAgain}. */
  public int room() {
    lock.lock();
    try {
      long room = owner == null ? limits.capacity() : capacity() - unreadBytes;
      producerWaits = room < Math.min(capacity() / 4, EVENT_OVERHEAD * 8);
      return producerWaits ? 0 : (int) room;
    } finally {
      lock.unlock();
    }
  }

  /** Adds an event; it is always taken. Whatever follows a terminal event is dropped. */
  public void append(ExecutionEvent event) {
    lock.lock();
    try {
      if (!ended) {
        ended = event.terminal();
        add(event);
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void take(EventReader reader, List<StreamEvent> batch, long nanos) throws InterruptedException {
    if (doneWithLastBatch(reader)) {
      listener.roomAgain();
    }
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (reader.sequence == events.next() && !reader.closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      collect(reader, batch);
    } finally {
      lock.unlock();
    }
  }

  /** A batch counts as unread until the next is asked for: its reader still holds it. */
  private boolean doneWithLastBatch(EventReader reader) {
    lock.lock();
    try {
      unreadBytes -= reader == owner ? reader.batchBytes : 0;
      reader.batchBytes = 0;
      reader.done = reader.sequence;
      evict();
      boolean roomAgain = producerWaits && unreadBytes <= capacity() / 2;
      producerWaits &= !roomAgain;
      return roomAgain;
    } finally {
      lock.unlock();
    }
  }

  void leave(EventReader reader) {
    boolean gone;
    lock.lock();
    try {
      boolean unread = !ended || reader.sequence < events.next();
      gone = reader == owner && unread;
      forget(reader);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    if (gone) {
      listener.ownerGone();
    }
  }

  boolean hasLeft(EventReader reader) {
    lock.lock();
    try {
      return reader.closed;
    } finally {
      lock.unlock();
    }
  }

  private void forget(EventReader reader) {
    reader.closed = true;
    observers.remove(reader);
    if (reader == owner) {
      owner = null;
      unreadBytes = 0;
    }
    evict();
  }

  private void add(ExecutionEvent event) {
    offset += event.weight();
    events.add(new StreamEvent(offset, clock.millis(), event));
    hold(cost(event));
    unreadBytes += owner == null ? 0 : cost(event);
    evict();
  }

  private void collect(EventReader reader, List<StreamEvent> batch) {
    if (reader.closed) {
      return;
    }
    skipEvicted(reader, batch);
    int most = Math.min(BATCH_BYTES, capacity());
    while (reader.sequence < events.next() && reader.batchBytes < most) {
      StreamEvent held = events.get(reader.sequence++);
      StreamEvent event = rest(held, reader.offset);
      batch.add(event);
      reader.offset = event.offset();
      reader.batchBytes += cost(held.event());
    }
  }

  private void skipEvicted(EventReader reader, List<StreamEvent> batch) {
    reader.sequence = Math.max(reader.sequence, events.first());
    long lost = firstOffset - reader.offset;
    if (lost > 0) {
      reader.offset = firstOffset;
      batch.add(new StreamEvent(firstOffset, clock.millis(), new ExecutionEvent.Gap(lost)));
    }
  }

  /** The part of an output event that lies after an offset; any other event as it is. */
  private static StreamEvent rest(StreamEvent event, long after) {
    if (event.event() instanceof ExecutionEvent.Output(OutputSource source, byte[] bytes)
        && event.offset() - bytes.length < after) {
      byte[] tail =
          Arrays.copyOfRange(bytes, (int) (bytes.length - event.offset() + after), bytes.length);
      return new StreamEvent(
          event.offset(), event.epochMillis(), new ExecutionEvent.Output(source, tail));
    }
    return event;
  }

  private long sequenceAfter(long afterOffset) {
    long sequence = events.first();
    while (sequence < events.next() && events.get(sequence).offset() <= afterOffset) {
      sequence++;
    }
    return sequence;
  }

  /** Drops what nobody is owed; the terminal event stays for whoever asks later. */
  private void evict() {
    int keep =
        observers.isEmpty() ? limits.retained() : Math.max(limits.retained(), limits.capacity());
    long delivered = owner == null ? events.next() : owner.done;
    while (heldBytes - unreadBytes > keep
        && events.first() < delivered
        && !events.get(events.first()).event().terminal()) {
      StreamEvent event = events.removeFirst();
      firstOffset = event.offset();
      hold(-cost(event.event()));
    }
  }

  private void hold(int bytes) {
    heldBytes += bytes;
    budget.add(bytes);
  }

  private int capacity() {
    return budget.scarce() ? limits.scarce() : limits.capacity();
  }

  private static int cost(ExecutionEvent event) {
    return event.terminal() ? 0 : event.weight() + EVENT_OVERHEAD;
  }
}
