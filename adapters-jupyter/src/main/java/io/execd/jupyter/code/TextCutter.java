package io.execd.jupyter.code;

import java.io.IOException;
import java.util.Arrays;

/**
 * Gathers text and hands it on in pieces of whole characters, each small enough for one event. Not
 * thread-safe.
 */
final class TextCutter implements JsonScanner.Sink {
  /** Escaping makes at PIECE_BYTES six bytes of one, so that an event is far below its 4 MiB. */
  private static final int PIECE_BYTES = 256 * 1024;

  private final Taker taker;
  private byte[] bytes = new byte[512];
  private int length;

  /** Takes a piece, and may wait until there is room for another one. */
  interface Taker {
    void take(byte[] piece) throws IOException;
  }

  TextCutter(Taker taker) {
    this.taker = taker;
  }

  @Override
  public void put(byte[] source, int from, int to) throws IOException {
    for (int next = from; next < to; ) {
      int count = Math.min(to - next, PIECE_BYTES - length);
      grow(length + count);
      System.arraycopy(source, next, bytes, length, count);
      length += count;
      next += count;
      if (length == PIECE_BYTES) {
        cut();
      }
    }
  }

  /** What is left; empty when everything was handed on. */
  byte[] rest() {
    byte[] rest = Arrays.copyOf(bytes, length);
    bytes = new byte[0];
    length = 0;
    return rest;
  }

  private void grow(int needed) {
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(PIECE_BYTES, bytes.length * 2)));
    }
  }

  private void cut() throws IOException {
    int whole = length - begun(bytes, length);
    byte[] piece = Arrays.copyOf(bytes, whole);
    System.arraycopy(bytes, whole, bytes, 0, length - whole);
    length -= whole;
    taker.take(piece);
  }

  /** How many bytes at the end are a character that lacks bytes. */
  static int begun(byte[] bytes, int length) {
    for (int count = 1; count <= Math.min(3, length); count++) {
      int octet = bytes[length - count] & 0xff;
      if (octet >= 0xc0) {
        int size = octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
        return count < size ? count : 0;
      } else if (octet < 0x80) {
        return 0;
      }
    }
    return 0;
  }
}
