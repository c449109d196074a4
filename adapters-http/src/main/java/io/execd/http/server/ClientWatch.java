package io.execd.http.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.CancelledKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reading one connection while a stream is written on it, so that the end of the client is
 * seen at once.
 *
 * <p>Grizzly reads a connection either for the request that is being served or not at all: read
 * interest is off while a request runs. This class turns it on for the time of a stream, and {@link
 * WatchingStrategy} hands it the events before Grizzly sees them. Bytes that arrive meanwhile (the
 * next, pipelined request) are held and given to Grizzly when the request that streams has left it;
 * two reads of one connection are never inside Grizzly at the same time.
 *
 * <p>Guard: the monitor of this object. Actions run outside of it.
 */
final class ClientWatch {
  private enum Phase {
    /** Grizzly reads the connection when it wants to. */
    IDLE,
    /** A stream runs: we read. */
    WATCHING,
    /** The stream has ended but its request has not left Grizzly: nobody reads. */
    ENDING
  }

  private static final Attribute<ClientWatch> WATCH =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ClientWatch.class.getName());

  private final NIOConnection connection;
  private Phase phase = Phase.IDLE;
  private @Nullable Buffer held;
  private final List<Runnable> goneActions = new ArrayList<>(1);
  private @Nullable Thread writer;
  private boolean gone;

  private ClientWatch(NIOConnection connection) {
    this.connection = connection;
  }

  /** The watch of a connection that has carried a stream; null for all others. */
  static @Nullable ClientWatch find(NIOConnection connection) {
    return WATCH.get(connection);
  }

  /** Starts to watch, from the thread that serves the connection's one running request. */
  static ClientWatch start(NIOConnection connection) throws IOException {
    ClientWatch watch = WATCH.get(connection);
    if (watch == null) {
      watch = new ClientWatch(connection);
      WATCH.set(connection, watch);
      CloseListener<Closeable, CloseType> listener = (closeable, type) -> closed(connection);
      connection.addCloseListener(listener);
    }
    watch.watch();
    return watch;
  }

  private static void closed(NIOConnection connection) {
    ClientWatch watch = WATCH.get(connection);
    if (watch != null) {
      watch.clientGone();
    }
  }

  private void watch() throws IOException {
    synchronized (this) {
      phase = Phase.WATCHING;
    }
    connection.enableIOEvent(IOEvent.READ);
  }

  /**
   * Ends the watch; from the thread that started it. What was asked for and not told is dropped.
   */
  void stop() throws IOException {
    synchronized (this) {
      phase = Phase.ENDING;
      goneActions.clear();
      writer = null;
    }
    try {
      connection.disableIOEvent(IOEvent.READ);
    } catch (CancelledKeyException closed) {
      // Grizzly looks whether the key is valid and then uses it; it was closed in between.
      connection.closeSilently();
    }
  }

  void onGone(Runnable action) {
    synchronized (this) {
      if (!gone) {
        goneActions.add(action);
        return;
      }
    }
    action.run();
  }

  private void clientGone() {
    List<Runnable> actions;
    synchronized (this) {
      gone = true;
      actions = List.copyOf(goneActions);
      goneActions.clear();
      LockSupport.unpark(writer);
      writer = null;
    }
    actions.forEach(Runnable::run);
  }

  /**
   * Takes a read event away from Grizzly. On the selector thread.
   *
   * @return false when Grizzly shall read
   */
  synchronized boolean takesRead() throws IOException {
    if (phase == Phase.WATCHING) {
      hold();
    }
    // Otherwise an event that was selected before interest was turned off: it comes again.
    return phase != Phase.IDLE || held != null;
  }

  private void hold() throws IOException {
    Buffer bytes = ((TCPNIOTransport) connection.getTransport()).read(connection, null);
    if (bytes == null || bytes.position() == 0) {
      return;
    }
    bytes.trim();
    held = Buffers.appendBuffers(connection.getMemoryManager(), held, bytes);
    if (held.remaining() >= Limits.PIPELINED_BYTES) {
      connection.disableIOEvent(IOEvent.READ);
    }
  }

  /** The bytes that arrived while nobody but us was reading, once. */
  synchronized @Nullable Buffer takeHeld() {
    Buffer bytes = held;
    held = null;
    return bytes;
  }

  /** The request has left Grizzly, or waits for more of its body: Grizzly wants to read again. */
  void readOn() throws IOException {
    boolean feed;
    synchronized (this) {
      phase = Phase.IDLE;
      feed = held != null;
    }
    if (feed) {
      connection.simulateIOEvent(IOEvent.READ);
    } else {
      connection.enableIOEvent(IOEvent.READ);
    }
  }

  /** Waits until the socket takes bytes again, which may be a piece of a file. */
  void awaitWritable(boolean file) throws IOException {
    synchronized (this) {
      writer = Thread.currentThread();
    }
    connection.enableIOEvent(IOEvent.WRITE);
    ConnectionLoad load = ConnectionLoad.of(connection);
    load.reader(file);
    try {
      parkWriter();
    } finally {
      load.goesOn();
    }
  }

  private void parkWriter() throws IOException {
    while (writerWaits()) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedIOException("interrupted while the client was behind");
      }
    }
  }

  private synchronized boolean writerWaits() throws IOException {
    checkPresent();
    return writer != null;
  }

  /** The socket may stay open a moment longer than the client was there. */
  synchronized void checkPresent() throws IOException {
    if (gone) {
      throw new IOException("the client is gone");
    }
  }

  /**
   * Takes a write event away from Grizzly. On the selector thread.
   *
   * @return false when nobody waits for it here
   */
  synchronized boolean takesWrite() throws IOException {
    if (writer == null) {
      return false;
    }
    connection.disableIOEvent(IOEvent.WRITE);
    LockSupport.unpark(writer);
    writer = null;
    return true;
  }
}
