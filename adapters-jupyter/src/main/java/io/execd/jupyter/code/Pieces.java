package io.execd.jupyter.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the beginning of a text; what is beyond its bound is dropped. Not thread-safe. */
final class Pieces implements JsonScanner.Sink {
  private final int most;
  private byte[] bytes = new byte[32];
  private int length;

  Pieces(int most) {
    this.most = most;
  }

  @Override
  public void put(byte[] source, int from, int to) throws IOException {
    int count = Math.min(to - from, most - length);
    if (count > 0) {
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(most, bytes.length * 2)));
      }
      System.arraycopy(source, from, bytes, length, count);
      length += count;
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** A character that was cut off at the bound becomes U+FFFD. */
  String toText() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
