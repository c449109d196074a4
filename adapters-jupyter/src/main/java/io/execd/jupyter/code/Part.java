package io.execd.jupyter.code;

import java.io.IOException;
import java.io.InputStream;

/** So many bytes of a longer input. Closing it skips what is left of them. */
final class Part extends InputStream {
  private final InputStream in;
  private long left;

  Part(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, from, (int) Math.min(length, left));
    left = count < 0 ? 0 : left - count;
    return count;
  }

  void drain() throws IOException {
    byte[] scrap = new byte[(int) Math.min(left, 8192)];
    while (left > 0 && read(scrap, 0, scrap.length) >= 0) {
      // nobody wants it
    }
  }

  @Override
  public void close() throws IOException {
    drain();
  }
}
