package io.execd.os.nativecall;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for the arguments and answers of one call: two names, one structure, one block of
 * data. Lent from a small pool, because it is needed for a microsecond at a time.
 */
final class Scratch implements AutoCloseable {
  static final int DATA_BYTES = 64 * 1024;
  private static final int NAME_BYTES = 8 * 1024;
  private static final int STRUCTURE_BYTES = 512;
  private static final int KEPT = 8;
  private static final ArrayBlockingQueue<Scratch> FREE = new ArrayBlockingQueue<>(KEPT);

  /** The one that was used last: to take it costs less than the queue's lock. */
  private static final AtomicReference<@Nullable Scratch> WARM = new AtomicReference<>();

  private final ByteBuffer names = ByteBuffer.allocateDirect(2 * NAME_BYTES);
  private final ByteBuffer structure =
      ByteBuffer.allocateDirect(STRUCTURE_BYTES).order(ByteOrder.nativeOrder());
  private final ByteBuffer data =
      ByteBuffer.allocateDirect(DATA_BYTES).order(ByteOrder.nativeOrder());
  private final long namesAddress = address(names);
  private final long structureAddress = address(structure);
  private final long dataAddress = address(data);

  private Scratch() {}

  static Scratch borrow() {
    Scratch free = WARM.getAndSet(null);
    if (free == null) {
      free = FREE.poll();
    }
    return free == null ? new Scratch() : free;
  }

  /** Where the next byte of a direct buffer lies. */
  static long address(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer).address();
  }

  /** Puts a name in the first place and tells where it lies; 0 when it is too long for any file. */
  long name(String octets) {
    return put(octets, 0);
  }

  /** The same for the second name of a call. */
  long otherName(String octets) {
    return put(octets, NAME_BYTES);
  }

  private long put(String octets, int at) {
    int length = octets.length();
    if (length >= NAME_BYTES) {
      return 0;
    }
    names.put(at, octets.getBytes(StandardCharsets.ISO_8859_1));
    names.put(at + length, (byte) 0);
    return namesAddress + at;
  }

  ByteBuffer structure() {
    return structure;
  }

  long structureAddress() {
    return structureAddress;
  }

  ByteBuffer data() {
    return data;
  }

  long dataAddress() {
    return dataAddress;
  }

  /** A copy of bytes of the data as a string of octets. */
  String octets(int from, int length) {
    byte[] bytes = new byte[length];
    data.get(from, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    data.clear();
    if (!WARM.compareAndSet(null, this)) {
      FREE.offer(this);
    }
  }
}
