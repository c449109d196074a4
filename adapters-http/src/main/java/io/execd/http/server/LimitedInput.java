package io.execd.http.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a body at the first byte beyond the limit. */
final class LimitedInput extends FilterInputStream {
  private int left = Limits.JSON_BODY_BYTES;

  LimitedInput(InputStream source) {
    super(source);
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
    left -= read;
    if (left < 0) {
      throw new BodyTooLargeException();
    }
  }
}
