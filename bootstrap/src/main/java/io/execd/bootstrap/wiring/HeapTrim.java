package io.execd.bootstrap.wiring;

/**
 * Gives memory back after a busy time. The serial collector looks at old objects only when the heap
 * is full, so what a busy time left behind would stay in memory for ever. Run now and then, by one
 * thread; collects when the heap is larger than at the start, something has happened since it last
 * did, and little was allocated since the last run, so that nobody waits for it.
 */
final class HeapTrim implements Runnable {
  private static final long GROWTH_BYTES = 8L << 20;
  private static final long QUIET_BYTES = 256L << 10;

  private final Runtime runtime = Runtime.getRuntime();
  private final long sizeAtStart = runtime.totalMemory();
  private long usedWhenCollected;
  private long usedLast;

  @Override
  public void run() {
    long used = used();
    boolean quiet = Math.abs(used - usedLast) < QUIET_BYTES;
    boolean changed = Math.abs(used - usedWhenCollected) >= QUIET_BYTES;
    usedLast = used;
    if (quiet && changed && runtime.totalMemory() - sizeAtStart > GROWTH_BYTES) {
      System.gc();
      usedWhenCollected = used();
      usedLast = usedWhenCollected;
    }
  }

  private long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
