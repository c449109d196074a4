package io.execd.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a {@link StreamBody} writes to. Used by one thread at a time. */
public interface StreamSink {
  /**
   * Sends bytes to the client as one chunk, at once. Blocks the calling virtual thread while the
   * client reads slower than the body writes, for as long as the client stays connected. Does not
   * keep the array. Sending nothing does nothing.
   *
   * @throws IOException when the client is gone
   */
  void send(byte[] bytes, int offset, int length) throws IOException;

  /**
   * The same for what remains in a buffer. A direct one saves a copy, except at the start of the
   * answer: the first bytes should be few.
   *
   * @throws IOException when the client is gone
   */
  default void send(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    send(copy, 0, copy.length);
  }

  /**
   * Asks to be told, once, when the client has gone: it closed, half-closed or reset the
   * connection, or the server is closing. Told at once when it is gone already, and never after the
   * body has ended.
   *
   * @param action runs on the server's selector thread: it must neither block nor throw
   */
  void onGone(Runnable action);
}
