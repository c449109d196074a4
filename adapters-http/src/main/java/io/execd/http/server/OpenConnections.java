package io.execd.http.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * All connections of a server, whose number is bounded, and so is what they hold together that is
 * unfinished: parts of heads, bodies that are waited for, answers that are not read. Beyond a bound
 * those that have waited longest are closed. Thread-safe.
 *
 * <p>What is held is added up only when as much may have come as makes a difference, so that a
 * request that does not wait costs next to nothing here.
 */
final class OpenConnections {
  private static final System.Logger LOG = System.getLogger(OpenConnections.class.getName());

  /** One of so many connections is closed when there are too many, to make room for the next. */
  private static final int ROOM_FRACTION = 32;

  private final int most;
  private final long mostBytes;
  private final Set<ConnectionLoad> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong addedBytes = new AtomicLong();
  private final ReentrantLock relieving = new ReentrantLock();

  /** For so many connections, and so many bytes that they may hold for some time. */
  OpenConnections(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  int count() {
    return open.size();
  }

  /**
   * Lets a connection in that was accepted; one that is idle may have to go for it.
   *
   * @return false when it must not be served, and is told so and closed
   */
  boolean admit(NIOConnection connection) {
    if (open.size() >= most && !makeRoom()) {
      refuse(connection);
      return false;
    }
    ConnectionLoad load = ConnectionLoad.begin(connection, this);
    open.add(load);
    CloseListener<Closeable, CloseType> listener = (closed, type) -> open.remove(load);
    connection.addCloseListener(listener);
    return true;
  }

  private boolean makeRoom() {
    List<ConnectionLoad> idle = open.stream().filter(ConnectionLoad::isIdle).toList();
    int wanted = open.size() - most + 1 + most / ROOM_FRACTION;
    oldestFirst(idle).stream().limit(wanted).forEach(OpenConnections::end);
    return open.size() < most;
  }

  /** The times of a load change while it is compared: each is read once. */
  private static List<ConnectionLoad> oldestFirst(List<ConnectionLoad> loads) {
    record Aged(ConnectionLoad load, long nanos) {}
    long now = System.nanoTime();
    return loads.stream()
        .map(load -> new Aged(load, load.waitedNanos(now)))
        .sorted(Comparator.comparingLong(Aged::nanos).reversed())
        .map(Aged::load)
        .toList();
  }

  /** So much more may be held from now on; closes connections if it is too much. */
  void added(long bytes) {
    if (addedBytes.addAndGet(bytes) > mostBytes / ROOM_FRACTION && relieving.tryLock()) {
      try {
        addedBytes.set(0);
        relieve();
      } finally {
        relieving.unlock();
      }
    }
  }

  /** Above the bound those go that have sat still for a while, above twice the bound any. */
  private void relieve() {
    List<ConnectionLoad> holding = new ArrayList<>();
    long held = 0;
    for (ConnectionLoad load : open) {
      long bytes = load.heldBytes();
      if (bytes > 0) {
        holding.add(load);
        held += bytes;
      }
    }
    if (held > mostBytes) {
      relieve(oldestFirst(holding), held);
    }
  }

  private void relieve(List<ConnectionLoad> oldestFirst, long heldBytes) {
    long now = System.nanoTime();
    long held = heldBytes;
    for (ConnectionLoad load : oldestFirst) {
      boolean sits = load.waitedNanos(now) > Limits.SITTING.toNanos();
      if (held <= (sits ? mostBytes : 2 * mostBytes)) {
        return;
      }
      held -= load.heldBytes();
      end(load);
    }
  }

  private static void end(ConnectionLoad load) {
    if (load.awaitsRequest()) {
      refuse(load.connection());
    } else {
      load.connection().terminateSilently();
    }
  }

  /** Says why, if the socket takes it at once, and closes. */
  private static void refuse(NIOConnection connection) {
    try {
      ((SocketChannel) connection.getChannel()).write(ByteBuffer.wrap(refusal()));
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a client that is refused has gone", gone);
    }
    connection.terminateSilently();
  }

  private static byte[] refusal() {
    byte[] body =
        Answer.ofStatus(503, "too much is unfinished on other connections; try again").json();
    String head =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: %s\r\nContent-Type: %s\r\n"
            .formatted(Limits.RETRY_AFTER_SECONDS, Exchange.JSON);
    String rest = "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
    return (head + rest + new String(body, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }
}
