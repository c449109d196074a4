package io.execd.http.server;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOEventLifeCycleListener;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.ProcessorExecutor;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.asyncqueue.AsyncQueue;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * Runs every event of a connection on the selector thread, as Grizzly's SameThreadIOStrategy does,
 * except that a connection on which a stream runs gives its events to its {@link ClientWatch}. The
 * handlers leave the selector thread by themselves.
 */
@SuppressWarnings("rawtypes") // Grizzly's interfaces are
final class WatchingStrategy implements IOStrategy {
  /** The filter after the transport's: bytes that are held were read already. */
  private static final int AFTER_TRANSPORT = 1;

  private final IOEventLifeCycleListener whenEnabled = new WhenEnabled();
  private final IOEventLifeCycleListener whenDisabled = new WhenDisabled();

  @Override
  public boolean executeIoEvent(Connection connection, IOEvent event) throws IOException {
    return executeIoEvent(connection, event, true);
  }

  @Override
  public boolean executeIoEvent(Connection connection, IOEvent event, boolean enabled)
      throws IOException {
    try {
      execute(connection, event, enabled);
    } catch (Error fatal) {
      throw FatalError.reported(fatal);
    }
    return true;
  }

  private void execute(Connection connection, IOEvent event, boolean enabled) throws IOException {
    if (event == IOEvent.SERVER_ACCEPT) {
      connection.getTransport().fireIOEvent(event, connection, AcceptRest.INSTANCE);
    } else if (event != IOEvent.READ && event != IOEvent.WRITE) {
      connection.getTransport().fireIOEvent(event, connection, null);
    } else if (!isWatched((NIOConnection) connection, event, enabled)) {
      IOEventLifeCycleListener listener = enabled ? whenEnabled : whenDisabled;
      connection.getTransport().fireIOEvent(event, connection, listener);
    }
  }

  private boolean isWatched(NIOConnection connection, IOEvent event, boolean enabled)
      throws IOException {
    if (event == IOEvent.READ && enabled && ReadWait.takesRead(connection)) {
      return true;
    }
    ClientWatch watch = ClientWatch.find(connection);
    if (watch == null) {
      return false;
    }
    if (event == IOEvent.WRITE) {
      return watch.takesWrite();
    }
    if (enabled) {
      return takesRead(watch, connection);
    }
    feed(connection, watch.takeHeld());
    return true;
  }

  private static boolean takesRead(ClientWatch watch, NIOConnection connection) {
    try {
      return watch.takesRead();
    } catch (IOException end) {
      // The end of the client is what the watch is for; its listeners have heard it.
      connection.closeSilently();
      return true;
    }
  }

  /** Lets Grizzly go on with bytes that were read while a stream was running. */
  private void feed(NIOConnection connection, @Nullable Buffer bytes) {
    if (bytes == null) {
      return;
    }
    FilterChain chain = (FilterChain) connection.getTransport().getProcessor();
    FilterChainContext context =
        chain.obtainFilterChainContext(connection, 0, chain.size(), AFTER_TRANSPORT);
    context.setMessage(bytes);
    context.getInternalContext().setIoEvent(IOEvent.READ);
    context.getInternalContext().addLifeCycleListener(whenDisabled);
    ProcessorExecutor.execute(context.getInternalContext());
  }

  private static void resumeEvents(Context context, @Nullable Object data) throws IOException {
    NIOConnection connection = (NIOConnection) context.getConnection();
    ClientWatch watch = context.getIoEvent() == IOEvent.READ ? ClientWatch.find(connection) : null;
    if (AsyncQueue.EXPECTING_MORE_OPTION.equals(data)) {
      connection.simulateIOEvent(context.getIoEvent());
    } else if (watch != null) {
      watch.readOn();
    } else {
      connection.enableIOEvent(context.getIoEvent());
    }
  }

  @Override
  public @Nullable Executor getThreadPoolFor(Connection connection, IOEvent event) {
    return null;
  }

  @Override
  public @Nullable ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
    return null;
  }

  /** The event came from the selector, which goes on to report it unless the request suspends. */
  private static final class WhenEnabled extends IOEventLifeCycleListener.Adapter {
    /** More of a body is awaited: the context is a copy that does not know it was suspended. */
    @Override
    public void onReregister(Context context) throws IOException {
      resumeEvents(context, null);
    }

    @Override
    public void onComplete(Context context, @Nullable Object data) throws IOException {
      if (context.wasSuspended() || context.isManualIOEventControl()) {
        resumeEvents(context, data);
      }
    }

    @Override
    public void onContextSuspend(Context context) throws IOException {
      disableOnce(context);
    }

    @Override
    public void onContextManualIOEventControl(Context context) throws IOException {
      disableOnce(context);
    }

    private static void disableOnce(Context context) throws IOException {
      if (!context.wasSuspended() && !context.isManualIOEventControl()) {
        context.getConnection().disableIOEvent(context.getIoEvent());
      }
    }
  }

  /** The selector does not report the event until it is enabled again. */
  private static final class WhenDisabled extends IOEventLifeCycleListener.Adapter {
    @Override
    public void onReregister(Context context) throws IOException {
      resumeEvents(context, null);
    }

    @Override
    public void onComplete(Context context, @Nullable Object data) throws IOException {
      resumeEvents(context, data);
    }
  }
}
