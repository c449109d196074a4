package io.execd.http.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Refuses a JSON body at the first byte beyond the limit, when it comes too slowly, and when there
 * is no heap for the rest of it. Used by one thread.
 */
final class LimitedInput extends FilterInputStream {
  private final HeapCheck heap;
  private int total;
  private long waitedNanos;

  /** For a body of this length; 0 when it does not say. */
  LimitedInput(InputStream source, long declaredBytes) {
    super(source);
    this.heap = new HeapCheck(declaredBytes);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = take(bytes, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private int take(byte[] bytes, int offset, int length) throws IOException {
    long start = System.nanoTime();
    try {
      return in.read(bytes, offset, length);
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  private void count(int read) throws IOException {
    add(read);
    try {
      heap.reached(total);
    } catch (RefusedBodyException noHeap) {
      skipRest();
      throw noHeap;
    }
  }

  private void add(int read) throws RefusedBodyException {
    total += read;
    if (total > Limits.JSON_BODY_BYTES) {
      throw RefusedBodyException.tooLarge();
    }
    Duration allowed = Limits.BODY_PAUSE.plusSeconds(total / Limits.BODY_BYTES_PER_SECOND);
    if (waitedNanos > allowed.toNanos()) {
      throw RefusedBodyException.late();
    }
  }

  /** What is too long for any heap is to be told so. */
  private void skipRest() throws IOException {
    byte[] scratch = new byte[8192];
    for (int read = 0; read >= 0; read = take(scratch, 0, scratch.length)) {
      add(read);
    }
  }
}
