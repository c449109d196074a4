package io.execd.http.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.Note;
import org.glassfish.grizzly.http.io.NIOInputStream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.nio.SelectorHandler;

/**
 * A request's body for a virtual thread: waits as other code on virtual threads does. (Grizzly's
 * own blocking stream waits in a selector, which holds a carrier thread for each slow client.)
 */
final class BodyInput extends InputStream {
  private static final Note<Boolean> READ_HERE = Request.createNote(BodyInput.class.getName());

  private final Request request;
  private final Duration pause;
  private final NIOInputStream source;
  private final HttpHeader header;
  private final NIOConnection connection;
  private final SocketBody socket;
  private long total;

  /** For a client that may pause so long. */
  BodyInput(Request request, Duration pause) {
    request.setNote(READ_HERE, true);
    this.request = request;
    this.pause = pause;
    this.source = request.getNIOInputStream();
    this.header = request.getRequest();
    this.connection = (NIOConnection) request.getContext().getConnection();
    this.socket = new SocketBody(connection, request.getRequest(), pause);
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
      askForBody();
      if (socket.isWorthwhile()) {
        return socket.read(bytes, offset, length);
      }
      awaitData();
    }
    int ready = source.readyData();
    if (ready == 0) {
      return end();
    }
    int read = source.read(bytes, offset, Math.min(length, ready));
    count(read);
    return read;
  }

  /** Whoever reads on has let the body in: from then on it is taken in larger pieces. */
  private void count(int read) {
    boolean small = total <= Limits.SMALL_BODY_BYTES;
    total += read;
    if (small && total > Limits.SMALL_BODY_BYTES) {
      connection.setReadBufferSize(Limits.BODY_READ_BYTES);
    }
  }

  /** The connection's next request is to be let in anew. */
  @Override
  public void close() {
    if (total > Limits.SMALL_BODY_BYTES) {
      connection.setReadBufferSize(Limits.READ_BYTES);
    }
  }

  private int end() throws IOException {
    if (ChunkedBody.isBroken(header)) {
      throw new IOException("the request body is not well chunked");
    }
    return -1;
  }

  @Override
  public int available() {
    return source.readyData();
  }

  private void awaitData() throws IOException {
    Arrival arrival = new Arrival(connection);
    connection.addCloseListener(arrival);
    ConnectionLoad load = ConnectionLoad.of(connection);
    load.body();
    source.notifyAvailable(arrival);
    try {
      arrival.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw (IOException) RefusedBodyException.late().initCause(late);
    } catch (ExecutionException gone) {
      throw new IOException("the request body could not be read", gone.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading the request body");
    } finally {
      load.goesOn();
      connection.removeCloseListener(arrival);
    }
  }

  /** A client that wants to be asked has not sent anything yet. */
  private void askForBody() throws IOException {
    if (request.requiresAcknowledgement()) {
      request.getResponse().setStatus(HttpStatus.CONINTUE_100);
      request.getResponse().sendAcknowledgement();
    }
  }

  /**
   * Completes when Grizzly is done with the bytes it announces. It calls in the middle of taking
   * them in, on the selector thread, and its buffer is for one thread at a time: the reader must
   * not wake before that event is over.
   */
  private static final class Arrival extends CompletableFuture<Boolean>
      implements ReadHandler, CloseListener<Closeable, CloseType> {
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

    /** Grizzly does not tell the reader. */
    @Override
    public void onClosed(Closeable closed, CloseType type) {
      completeExceptionally(new EOFException("the client is gone"));
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
