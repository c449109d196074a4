package io.execd.http.server;

/** Refuses a large JSON body for the rest of which there is no memory now. */
final class HeapCheck {
  /** The parser's characters, and in the end the string made of them and its copy. */
  private static final double HEAP_PER_BYTE = 4.2;

  /** What of that the bytes already read have taken. */
  private static final int TAKEN_PER_BYTE = 2;

  private final long declaredBytes;
  private long nextCheck = Limits.LARGE_BODY_BYTES;

  /** For a body of this length; 0 when it does not say. */
  HeapCheck(long declaredBytes) {
    this.declaredBytes = declaredBytes;
  }

  /** So much has been read. */
  void reached(long bytes) throws RefusedBodyException {
    if (bytes >= nextCheck) {
      nextCheck = bytes * 2;
      long next = declaredBytes > bytes ? Math.min(declaredBytes, nextCheck) : nextCheck;
      requireHeap((long) (next * HEAP_PER_BYTE) - bytes * TAKEN_PER_BYTE);
    }
  }

  private static void requireHeap(long needed) throws RefusedBodyException {
    if (freeHeap() < needed) {
      // Only a collection tells what is really free; it is worth its time for a body of this size.
      System.gc();
    }
    if (freeHeap() < needed) {
      throw RefusedBodyException.needsHeap(needed - freeHeap());
    }
  }

  private static long freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
