package io.execd.http.file;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** A piece of native memory on its way from a file to a socket, lent from a small pool. */
final class Block implements AutoCloseable {
  static final int BYTES = 256 * 1024;
  private static final int KEPT = 4;
  private static final ArrayBlockingQueue<Block> FREE = new ArrayBlockingQueue<>(KEPT);

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

  private Block() {}

  static Block borrow() {
    Block free = FREE.poll();
    return free == null ? new Block() : free;
  }

  /** Empty, with room for so much at most. */
  ByteBuffer room(long limit) {
    return bytes.clear().limit((int) Math.min(BYTES, limit));
  }

  @Override
  public void close() {
    FREE.offer(this);
  }
}
