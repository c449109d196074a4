package io.execd.domain.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all {@link EventBuffer}s together should not exceed. It is a measure, not a gate: above it
 * each buffer falls back to its {@link StreamLimits#scarce} capacity. Thread-safe.
 */
public final class BufferBudget {
  private final long limitBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  public BufferBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  boolean scarce() {
    return heldBytes.get() > limitBytes;
  }

  void add(long bytes) {
    heldBytes.addAndGet(bytes);
  }

  /** The bytes all buffers hold now. */
  public long heldBytes() {
    return heldBytes.get();
  }
}
