package io.execd.jupyter.code;

import io.execd.jupyter.wire.Endpoint;
import io.execd.jupyter.wire.WebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket of one kernel, and the virtual thread that reads it. It costs no platform thread.
 * Thread-safe.
 */
final class KernelConnection implements AutoCloseable {
  /** A request that reaches a kernel before it listens is lost: it is sent again after this. */
  private static final long AGAIN_MILLIS = 500;

  private final WebSocket socket;
  private final String session;
  private final Owner owner;
  private final Semaphore news = new Semaphore(0);

  // Written by the reading thread; the first by whoever waits for it.
  private volatile String infoRequest = "";
  private volatile boolean infoReplied;
  private volatile boolean infoIdle;
  private volatile @Nullable IOException broken;

  /** Hears of everything but the answers to our own {@code kernel_info} requests. */
  interface Owner extends ContentReader {
    /** A message could not be read; the ones after it can. */
    void unreadable(UnreadableException message);

    /** The connection is broken, for good. Once. */
    void broken(KernelConnection connection, IOException reason);
  }

  private KernelConnection(WebSocket socket, String session, Owner owner) {
    this.socket = socket;
    this.session = session;
    this.owner = owner;
  }

  /** Connects and begins to read. */
  static KernelConnection open(Endpoint endpoint, String kernelId, Owner owner, Duration patience)
      throws IOException {
    String session = UUID.randomUUID().toString();
    WebSocket socket =
        WebSocket.open(
            endpoint,
            "/api/kernels/" + kernelId + "/channels?session_id=" + session,
            MessageReader.BINARY_PROTOCOL,
            patience);
    KernelConnection connection = new KernelConnection(socket, session, owner);
    Thread.ofVirtual().name("kernel-" + kernelId).start(connection::read);
    return connection;
  }

  /** When a byte came in for the last time. */
  long lastReadNanos() {
    return socket.lastReadNanos();
  }

  boolean isBroken() {
    return broken != null;
  }

  void send(Outgoing message) throws IOException {
    if (socket.protocol().equals(MessageReader.BINARY_PROTOCOL)) {
      socket.sendBinary(message.binary(session));
    } else {
      socket.sendText(message.json(session));
    }
  }

  /** Tells the server that we are there though we do not read. */
  void signOfLife() {
    try {
      socket.sendPong();
    } catch (IOException gone) {
      close();
    }
  }

  /**
   * Waits until the kernel answers on both of its channels: before that, output could be lost.
   *
   * @throws IOException when it does not, in this time
   */
  void awaitKernel(Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    infoReplied = false;
    infoIdle = false;
    while (!(infoReplied && infoIdle)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the kernel does not answer");
      }
      infoRequest = UUID.randomUUID().toString();
      send(Outgoing.kernelInfo(infoRequest));
      awaitNews();
    }
  }

  private void awaitNews() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS);
    try {
      while (!(infoReplied && infoIdle) && System.nanoTime() - deadline < 0) {
        if (broken != null) {
          throw new IOException("the connection broke", broken);
        }
        news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException stopped) {
      throw new IOException("stopped", stopped);
    }
  }

  private void read() {
    MessageReader reader = new MessageReader(socket.protocol(), this::message);
    try {
      while (true) {
        read(reader);
      }
    } catch (IOException | RuntimeException reason) {
      breaks(reason);
    }
  }

  private void read(MessageReader reader) throws IOException {
    try {
      reader.read(socket.next());
    } catch (UnreadableException message) {
      owner.unreadable(message);
    }
  }

  private void breaks(Exception reason) {
    IOException cause = reason instanceof IOException io ? io : new IOException(reason);
    broken = cause;
    socket.close();
    news.release();
    owner.broken(this, cause);
  }

  private void message(String type, String parent, JsonScanner content) throws IOException {
    if (parent.isEmpty() || !parent.equals(infoRequest)) {
      owner.message(type, parent, content);
      return;
    }
    infoReplied |= type.equals("kernel_info_reply");
    if (type.equals("status")) {
      KernelStatus.read(content);
      infoIdle = true;
    } else {
      content.skip();
    }
    news.release();
  }

  @Override
  public void close() {
    socket.close();
  }
}
