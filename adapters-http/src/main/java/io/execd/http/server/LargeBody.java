package io.execd.http.server;

import io.execd.domain.Failure;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * Keeps large JSON bodies from using up the heap: beyond {@link Limits#SMALL_BODY_BYTES} they are
 * parsed one at a time, and only while there is memory for the rest of them. Used by one thread.
 */
final class LargeBody implements AutoCloseable {
  /** Measured: the parser's characters (two bytes each), the string made of them, and its copy. */
  private static final double HEAP_PER_BYTE = 4.2;

  private static final Semaphore TURN = new Semaphore(1, true);

  private final long declaredBytes;
  private long nextCheck = Limits.SMALL_BODY_BYTES;
  private boolean myTurn;

  /** For a body of this length; 0 when it does not say. */
  LargeBody(long declaredBytes) {
    this.declaredBytes = declaredBytes;
  }

  /** So much has been read; may wait for the turn. */
  void reached(long bytes) throws InterruptedIOException {
    if (bytes >= nextCheck) {
      nextCheck = bytes * 2;
      takeTurn();
      requireHeapFor(declaredBytes > bytes ? Math.min(declaredBytes, nextCheck) : nextCheck);
    }
  }

  private void takeTurn() throws InterruptedIOException {
    if (!myTurn) {
      try {
        TURN.acquire();
        myTurn = true;
      } catch (InterruptedException stopped) {
        throw (InterruptedIOException) new InterruptedIOException("stopped").initCause(stopped);
      }
    }
  }

  private static void requireHeapFor(long bytes) {
    long needed = (long) (bytes * HEAP_PER_BYTE);
    if (freeHeap() < needed) {
      // Only a collection tells what is really free; it is worth its time for a body of this size.
      System.gc();
    }
    if (freeHeap() < needed) {
      throw new Failure(
          Failure.Code.NOT_READY,
          "request body: needs about %d MiB of heap; a larger heap helps, such as EXECD_JAVA_OPTS=-Xmx128m"
              .formatted(needed >> 20));
    }
  }

  private static long freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  @Override
  public void close() {
    if (myTurn) {
      TURN.release();
    }
  }
}
