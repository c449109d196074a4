package io.execd.http.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOEventLifeCycleListener;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/**
 * Lets the acceptor rest for a moment when a connection cannot be accepted: there are no
 * descriptors left, and the selector would report the same connection again at once.
 */
final class AcceptRest extends IOEventLifeCycleListener.Adapter {
  static final AcceptRest INSTANCE = new AcceptRest();
  private static final System.Logger LOG = System.getLogger(AcceptRest.class.getName());
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(
          Limits.ACCEPT_REST.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);

  private AcceptRest() {}

  @Override
  public void onError(@Nullable Context context, Object cause) throws IOException {
    if (context == null || !context.getConnection().isOpen()) {
      return;
    }
    LOG.log(Level.WARNING, "cannot accept a connection: {0}", cause);
    NIOConnection listener = (NIOConnection) context.getConnection();
    listener.disableIOEvent(IOEvent.SERVER_ACCEPT);
    LATER.execute(() -> goOn(listener));
  }

  private static void goOn(NIOConnection listener) {
    try {
      listener.enableIOEvent(IOEvent.SERVER_ACCEPT);
    } catch (IOException closed) {
      LOG.log(Level.DEBUG, "the server has stopped listening", closed);
    }
  }
}
