package io.execd.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.Note;
import org.glassfish.grizzly.http.io.NIOInputStream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.nio.SelectorHandler;

/**
 * A request's body for a virtual thread: waits as other code on virtual threads does. (Grizzly's
 * own blocking stream waits in a selector, which holds a carrier thread for each slow client.)
 */
final class BodyInput extends InputStream {
  private static final Note<Boolean> READ_HERE = Request.createNote(BodyInput.class.getName());

  private final NIOInputStream source;
  private final NIOConnection connection;
  private final SocketBody socket;

  BodyInput(Request request) {
    request.setNote(READ_HERE, true);
    this.source = request.getNIOInputStream();
    this.connection = (NIOConnection) request.getContext().getConnection();
    this.socket = new SocketBody(connection, request.getRequest());
  }

  /** Whether the request's body is read here, so that Grizzly must call us on its own thread. */
  static boolean isReading(Request request) {
    return request.getNote(READ_HERE) != null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (source.readyData() == 0 && !source.isFinished()) {
      if (socket.isWorthwhile()) {
        return socket.read(bytes, offset, length);
      }
      awaitData();
    }
    int ready = source.readyData();
    return ready == 0 ? -1 : source.read(bytes, offset, Math.min(length, ready));
  }

  @Override
  public int available() {
    return source.readyData();
  }

  private void awaitData() throws IOException {
    Arrival arrival = new Arrival(connection);
    source.notifyAvailable(arrival);
    try {
      arrival.get(Limits.BODY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("the request body did not arrive in time", late);
    } catch (ExecutionException gone) {
      throw new IOException("the request body could not be read", gone.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading the request body");
    }
  }

  /**
   * Completes when Grizzly is done with the bytes it announces. It calls in the middle of taking
   * them in, on the selector thread, and its buffer is for one thread at a time: the reader must
   * not wake before that event is over.
   */
  private static final class Arrival extends CompletableFuture<Boolean> implements ReadHandler {
    private final NIOConnection connection;
    private final Thread reader = Thread.currentThread();

    Arrival(NIOConnection connection) {
      this.connection = connection;
    }

    @Override
    public void onDataAvailable() {
      afterEvent(() -> complete(true));
    }

    @Override
    public void onAllDataRead() {
      afterEvent(() -> complete(true));
    }

    @Override
    public void onError(Throwable cause) {
      afterEvent(() -> completeExceptionally(cause));
    }

    private void afterEvent(Runnable wake) {
      if (reader.equals(Thread.currentThread())) {
        wake.run();
      } else {
        NIOTransport transport = (NIOTransport) connection.getTransport();
        transport.getSelectorHandler().enque(connection.getSelectorRunner(), task(wake), null);
      }
    }

    /** A task that says false stops the selector thread. */
    private static SelectorHandler.Task task(Runnable wake) {
      return () -> {
        wake.run();
        return true;
      };
    }
  }
}
