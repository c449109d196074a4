package io.execd.http.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the texts of all streams take together: unfinished long lines, and what waits for
 * slow clients. Thread-safe.
 */
final class StreamMemory {
  /** One for the daemon: an eighth of its default heap. */
  static final StreamMemory SHARED = new StreamMemory(8 << 20);

  private final long limitBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  StreamMemory(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Whether streams should do with little: three quarters are in use. */
  boolean scarce() {
    return heldBytes.get() > limitBytes - limitBytes / 4;
  }

  /** Takes memory that may be refused. */
  boolean acquire(int bytes) {
    if (heldBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    heldBytes.addAndGet(-bytes);
    return false;
  }

  /** Counts memory that is in use already, or, when negative, no longer. */
  void count(int bytes) {
    heldBytes.addAndGet(bytes);
  }

  long heldBytes() {
    return heldBytes.get();
  }
}
