package io.execd.http.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes. Not thread-safe. */
final class Bytes {
  private byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  int capacity() {
    return array.length;
  }

  /** Makes room for this many bytes in all, and for no more. */
  void grow(int capacity) {
    array = Arrays.copyOf(array, capacity);
  }

  /** Forgets everything, and gives the memory back when it is more than this. */
  void clear(int keptCapacity) {
    length = 0;
    if (array.length > keptCapacity) {
      array = new byte[keptCapacity];
    }
  }

  /** Forgets everything after the first {@code newLength} bytes. */
  void truncate(int newLength) {
    length = newLength;
  }

  void put(int value) {
    ensure(1);
    array[length++] = (byte) value;
  }

  void put(byte[] source, int from, int to) {
    ensure(to - from);
    System.arraycopy(source, from, array, length, to - from);
    length += to - from;
  }

  void put(byte[] source) {
    put(source, 0, source.length);
  }

  /** Decimal digits. */
  void put(long number) {
    put(Long.toString(number));
  }

  void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  private void ensure(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
    }
  }
}
