package io.execd.domain.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One reader's own place in an {@link EventBuffer}. {@link #take} is for one thread at a time;
 * {@link #close} may come from any thread and ends a waiting take.
 */
public final class EventReader implements AutoCloseable {
  private final EventBuffer buffer;

  // Guarded by the buffer's lock.
  long sequence;
  long done; // where the last batch began, until the next is asked for
  int batchBytes;
  long offset;
  boolean closed;

  EventReader(EventBuffer buffer, long sequence, long offset) {
    this.buffer = buffer;
    this.sequence = sequence;
    this.done = sequence;
    this.offset = offset;
  }

  /**
   * The next events, as many as are there up to about 64 KiB; waits while there are none. Blocks (a
   * virtual thread is unmounted meanwhile). The batch before counts as read from now on.
   *
   * @return never null; empty when the time is over or the reader was closed
   */
  public List<StreamEvent> take(long timeout, TimeUnit unit) throws InterruptedException {
    List<StreamEvent> batch = new ArrayList<>(4);
    buffer.take(this, batch, unit.toNanos(timeout));
    return batch;
  }

  /** Whether {@link #close} was called, by whomever. */
  public boolean isClosed() {
    return buffer.hasLeft(this);
  }

  /**
   * Leaves the stream. When the owner leaves before the terminal event, the execution hears of it.
   */
  @Override
  public void close() {
    buffer.leave(this);
  }
}
