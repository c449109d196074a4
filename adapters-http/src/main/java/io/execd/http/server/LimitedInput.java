package io.execd.http.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a body at the first byte beyond the limit, and counts for {@link LargeBody}. */
final class LimitedInput extends FilterInputStream {
  private final LargeBody large;
  private int total;

  LimitedInput(InputStream source, LargeBody large) {
    super(source);
    this.large = large;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private void count(int read) throws IOException {
    total += read;
    if (total > Limits.JSON_BODY_BYTES) {
      throw RefusedBodyException.tooLarge();
    }
    try {
      large.reached(total);
    } catch (RefusedBodyException noHeap) {
      skipRest();
      throw noHeap;
    }
  }

  /** What is too long for any heap is to be told so. */
  private void skipRest() throws IOException {
    byte[] scratch = new byte[8192];
    for (int read = 0; read >= 0; read = in.read(scratch)) {
      total += read;
      if (total > Limits.JSON_BODY_BYTES) {
        throw RefusedBodyException.tooLarge();
      }
    }
  }
}
