package io.execd.http.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.TransportProbe;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.ServerFilterConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server: owns the listening socket, every connection and the selector thread. Started
 * once, stopped once; all methods may be called by any thread.
 */
public final class ExecdServer implements AutoCloseable {
  /** Warns, with a stack trace, of each that is closed while its body is read. */
  private static final Logger CONNECTIONS = Logger.getLogger(TCPNIOConnection.class.getName());

  private final ServerSettings settings;
  private final Activity activity = new Activity();
  private final Patience patience;
  private final OpenConnections connections;
  private final DelayedExecutor timer;
  private final TCPNIOTransport transport;
  private final FrontHandler front;
  private @Nullable TCPNIOServerConnection listener;

  /** Prepares a server; nothing is bound yet. */
  public ExecdServer(ServerSettings settings) {
    this(settings, Patience.USUAL);
  }

  /** The same, with clients that are waited for as long as a test can. */
  ExecdServer(ServerSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    this.connections = new OpenConnections(settings.maxConnections(), Limits.UNFINISHED_BYTES);
    this.timer =
        IdleTimeoutFilter.createDefaultIdleDelayedExecutor(
            patience.tick().toMillis(), TimeUnit.MILLISECONDS);
    AccessToken token = new AccessToken(settings.accessToken());
    RequestId ids = new RequestId();
    this.transport = newTransport();
    this.front = new FrontHandler(ids, token, activity, new JerseyBridge(patience));
    transport.setProcessor(chain(ids).build());
  }

  private static TCPNIOTransport newTransport() {
    TCPNIOTransport transport =
        TCPNIOTransportBuilder.newInstance()
            .setIOStrategy(new WatchingStrategy())
            .setSelectorRunnersCount(1)
            .setReadBufferSize(Limits.READ_BYTES)
            .setMaxAsyncWriteQueueSizeInBytes(Limits.PENDING_BYTES)
            .setServerConnectionBackLog(Limits.BACKLOG)
            .setWriteTimeout(Limits.ANSWER_WRITE.toMillis(), TimeUnit.MILLISECONDS)
            .setTcpNoDelay(true)
            .setKeepAlive(true)
            .build();
    transport.setReuseAddress(true);
    transport.getMonitoringConfig().addProbes(new ErrorProbe());
    return transport;
  }

  /** Errors of the selector that nothing else has seen. */
  private static final class ErrorProbe extends TransportProbe.Adapter {
    @Override
    public void onErrorEvent(Transport transport, Throwable error) {
      if (error instanceof Error fatal) {
        throw FatalError.reported(fatal);
      }
    }
  }

  private FilterChainBuilder chain(RequestId ids) {
    ServerFilterConfiguration config = new ServerFilterConfiguration();
    config.setGracefulShutdownSupported(false);
    config.setPassTraceRequest(true);
    HttpServerFilter http = new HttpServerFilter(config, timer);
    http.setHttpHandler(front);
    IdleConnections idle = new IdleConnections(timer);
    return FilterChainBuilder.stateless()
        .add(new TransportFilter())
        .add(new HttpCodec(connections, idle, patience, ids))
        .add(idle.filter())
        .add(http);
  }

  /**
   * Binds the port and answers {@code /ping}; other requests wait for {@link #open}.
   *
   * @throws java.net.BindException when the port is taken or the address is not ours
   */
  public synchronized void start() throws IOException {
    quietGrizzly();
    timer.start();
    try {
      listener = transport.bind(settings.host(), settings.port(), Limits.BACKLOG);
      transport.start();
    } catch (IOException failed) {
      close();
      throw failed;
    }
  }

  /**
   * Builds what answers all requests, and serves. Once, after {@link #start}.
   *
   * @param direct routes that go past Jersey
   */
  public void open(List<ApiResource<?>> resources, List<DirectRoute> direct) {
    front.open(resources, direct);
  }

  /** Grizzly reports what clients do to their connections; that is no news. */
  private static void quietGrizzly() {
    Logger.getLogger("org.glassfish.grizzly").setLevel(Level.WARNING);
    CONNECTIONS.setLevel(Level.SEVERE);
  }

  /** The port that is bound; the one asked for unless that was 0. */
  public synchronized int port() {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  /**
   * Stops accepting, answers new requests on open connections with 503, and waits until what runs
   * has ended and its bytes have left. May be called again.
   *
   * @param longest how long to wait at most; zero does not wait
   */
  public void drain(Duration longest) throws InterruptedException {
    activity.stop();
    transport.unbindAll();
    activity.awaitIdle(longest);
  }

  /** Closes every connection at once. */
  @Override
  public synchronized void close() {
    try {
      transport.shutdownNow();
    } catch (IOException failed) {
      System.getLogger(ExecdServer.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not close cleanly", failed);
    } finally {
      timer.destroy();
    }
  }
}
