package io.execd.bootstrap.bench;

import java.io.IOException;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;

/** A server that does nothing but answer, on its one selector thread: the floor under ours. */
final class BareGrizzly {
  private BareGrizzly() {}

  public static void main(String... words) throws IOException, InterruptedException {
    NetworkListener listener = new NetworkListener("bare", "127.0.0.1", Integer.parseInt(words[0]));
    listener.getTransport().setIOStrategy(SameThreadIOStrategy.getInstance());
    listener.getTransport().setSelectorRunnersCount(1);
    listener.getKeepAlive().setMaxRequestsCount(-1);
    HttpServer server = new HttpServer();
    server.addListener(listener);
    server.getServerConfiguration().addHttpHandler(new Empty(), "/");
    server.start();
    Thread.currentThread().join();
  }

  private static final class Empty extends HttpHandler {
    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
      return new RequestExecutorProvider.SameThreadProvider();
    }

    @Override
    public void service(Request request, Response response) {
      response.setContentLength(0);
    }
  }
}
