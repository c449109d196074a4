package io.execd.http.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * A thread that waits until a connection can be read, of which Grizzly hears nothing. Guard: the
 * monitor of this object.
 */
final class ReadWait implements CloseListener<Closeable, CloseType> {
  private static final Attribute<ReadWait> WAIT =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ReadWait.class.getName());

  private final Thread reader = Thread.currentThread();
  private boolean over;

  private ReadWait() {}

  /** Blocks the calling thread; a virtual one is unmounted. */
  static void await(NIOConnection connection, Duration longest) throws IOException {
    ReadWait wait = new ReadWait();
    WAIT.set(connection, wait);
    connection.addCloseListener(wait);
    ConnectionLoad load = ConnectionLoad.of(connection);
    load.body();
    try {
      connection.enableIOEvent(IOEvent.READ);
      wait.park(longest);
    } finally {
      load.goesOn();
      connection.removeCloseListener(wait);
      WAIT.remove(connection);
    }
    if (!connection.isOpen()) {
      throw new EOFException("the client is gone");
    }
  }

  private void park(Duration longest) throws IOException {
    long end = System.nanoTime() + longest.toNanos();
    while (!isOver()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw RefusedBodyException.late();
      }
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedIOException("interrupted while reading the request body");
      }
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  private synchronized void end() {
    over = true;
    LockSupport.unpark(reader);
  }

  @Override
  public void onClosed(Closeable closed, CloseType type) {
    end();
  }

  /**
   * Takes a read event away from Grizzly. On the selector thread.
   *
   * @return false when nobody waits here
   */
  static boolean takesRead(NIOConnection connection) throws IOException {
    ReadWait wait = WAIT.get(connection);
    if (wait == null) {
      return false;
    }
    connection.disableIOEvent(IOEvent.READ);
    wait.end();
    return true;
  }
}
