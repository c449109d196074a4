package io.execd.jupyter.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import jdk.net.ExtendedSocketOptions;

/**
 * Reads a socket, and has each segment acknowledged at once: a server with Nagle's algorithm on
 * keeps its next small frame until then, which costs 40 ms otherwise. The kernel forgets the option
 * after a while, so it is set anew after each read.
 */
final class QuickAckInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final boolean supported;
  private long deadlineNanos;
  private boolean limited;
  private volatile long lastReadNanos = System.nanoTime();

  QuickAckInput(Socket socket, InputStream in) throws IOException {
    this.socket = socket;
    this.in = in;
    this.supported = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    acknowledge();
  }

  /** All reads together may take this long from now on. */
  void limit(long nanos) {
    deadlineNanos = System.nanoTime() + nanos;
    limited = true;
  }

  void unlimit() throws IOException {
    limited = false;
    socket.setSoTimeout(0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (limited) {
      long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SocketTimeoutException("no answer in time");
      }
      socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
    int count = in.read(bytes, from, length);
    lastReadNanos = System.nanoTime();
    acknowledge();
    return count;
  }

  /** When a read returned for the last time; any thread may ask. */
  long lastReadNanos() {
    return lastReadNanos;
  }

  private void acknowledge() throws IOException {
    if (supported && !socket.isClosed()) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }
}
