package io.execd.http.server;

import java.util.Objects;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * What one connection holds while it waits for its client, in bytes of memory, and since when. One
 * thread at a time changes it, any thread reads it.
 */
final class ConnectionLoad {
  private static final Attribute<ConnectionLoad> LOAD =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ConnectionLoad.class.getName());

  private enum Waiting {
    /** Nothing, or for a request. */
    NOTHING,
    HEAD,
    BODY,
    /** A client that does not read. */
    READER
  }

  private final NIOConnection connection;
  private final OpenConnections all;
  private volatile Waiting waiting = Waiting.NOTHING;
  private volatile long bytes;
  private volatile long sinceNanos = System.nanoTime();
  private volatile boolean running;

  private ConnectionLoad(NIOConnection connection, OpenConnections all) {
    this.connection = connection;
    this.all = all;
  }

  /** Gives a connection its load, one among all of a server. */
  static ConnectionLoad begin(NIOConnection connection, OpenConnections all) {
    ConnectionLoad load = new ConnectionLoad(connection, all);
    LOAD.set(connection, load);
    return load;
  }

  /** The load of a connection that has been admitted. */
  static ConnectionLoad of(Connection<?> connection) {
    return Objects.requireNonNull(LOAD.get(connection));
  }

  NIOConnection connection() {
    return connection;
  }

  /** A request has come: the connection is in use. */
  void requested() {
    sinceNanos = System.nanoTime();
  }

  /** A request is served on a thread of its own: it is served until {@link #served}. */
  void serving() {
    running = true;
  }

  /** The last byte of the answer has left the process. */
  void served() {
    running = false;
    sinceNanos = System.nanoTime();
  }

  /** A part of a head has come. The time counts from the first part. */
  void head(long size) {
    if (waiting != Waiting.HEAD) {
      begin(Waiting.HEAD, size);
    } else {
      all.added(size - bytes);
      bytes = size;
    }
  }

  /** More of a body is waited for. */
  void body() {
    begin(Waiting.BODY, Limits.REQUEST_COST_BYTES);
  }

  /** The client does not read what it is sent, of which a piece is held. */
  void reader(boolean file) {
    begin(Waiting.READER, Limits.REQUEST_COST_BYTES + (file ? Limits.FILE_PIECE_BYTES : 0));
  }

  /** An answer may wait in the queue of its socket, which {@link #heldBytes} looks at. */
  void answered() {
    int queued = connection.getAsyncWriteQueue().spaceInBytes();
    if (queued > 0) {
      all.added(queued + Limits.REQUEST_COST_BYTES);
    }
  }

  private void begin(Waiting what, long size) {
    sinceNanos = System.nanoTime();
    bytes = size;
    waiting = what;
    all.added(size);
  }

  /** What was waited for has come, or is given up. */
  void goesOn() {
    waiting = Waiting.NOTHING;
    bytes = 0;
    sinceNanos = System.nanoTime();
  }

  /** What waits for the client, the answers that wait in the queue of its socket included. */
  long heldBytes() {
    int queued = connection.getAsyncWriteQueue().spaceInBytes();
    return bytes + (queued == 0 ? 0 : queued + Limits.REQUEST_COST_BYTES);
  }

  long waitedNanos(long nowNanos) {
    return nowNanos - sinceNanos;
  }

  /** Whether no request would be lost with it that has arrived whole. */
  boolean isIdle() {
    return !running && waiting != Waiting.BODY && waiting != Waiting.READER;
  }

  /** Whether a client that has begun a request has not been answered yet. */
  boolean awaitsRequest() {
    return waiting == Waiting.HEAD || waiting == Waiting.BODY;
  }
}
