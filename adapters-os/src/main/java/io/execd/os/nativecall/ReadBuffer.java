package io.execd.os.nativecall;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads descriptors into one piece of native memory. For one thread. */
public final class ReadBuffer implements AutoCloseable {
  /** What one read gets at most; a pipe holds no more unless its writer asked for it. */
  public static final int CAPACITY = 64 * 1024;

  /** Answer of {@link #read}: the writers are gone and all is read. */
  public static final int END = 0;

  private final Linux linux;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(CAPACITY);

  public ReadBuffer(Linux linux) {
    this.linux = linux;
  }

  /**
   * Reads once.
   *
   * @param limit at least 1
   * @return the bytes read, {@link #END}, or a negative number when there is nothing now
   */
  public int read(int descriptor, int limit) {
    long size = Math.min(limit, CAPACITY);
    long result = linux.call(SystemCall.READ, descriptor, memory.address(), size);
    return result == -Errno.EIO.number() ? END : (int) result;
  }

  /** A copy of the first bytes of the last read. */
  public byte[] copy(int size) {
    return memory.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    arena.close();
  }
}
