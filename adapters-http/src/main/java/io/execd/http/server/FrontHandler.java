package io.execd.http.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/**
 * Meets every request: names it, checks the token, answers what needs no resource, hands the rest
 * to Jersey and logs the end. {@code /ping} stays on the selector thread, and so does what a direct
 * route can tell at once, as long as the client reads what it is told; everything else gets a
 * virtual thread of its own.
 */
final class FrontHandler extends HttpHandler {
  static final String PING = "/ping";
  private static final String KNOWN = FrontHandler.class.getName() + ".known";
  private static final byte[] EMPTY = {};
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final RequestId ids;
  private final AccessToken token;
  private final Activity activity;
  private final FixedRoutes fixed = new FixedRoutes();
  private final JerseyBridge jersey;

  /** None until all is built: Jersey has the same routes, and its requests wait. */
  private volatile List<DirectRoute> direct = List.of();

  FrontHandler(RequestId ids, AccessToken token, Activity activity, JerseyBridge jersey) {
    this.ids = ids;
    this.token = token;
    this.activity = activity;
    this.jersey = jersey;
    setDecodeUrl(false); // Jersey does it; Grizzly would keep 4 KB for it with each open request
  }

  /** From here on all requests are answered. Once. */
  void open(List<ApiResource<?>> resources, List<DirectRoute> routes) {
    jersey.open(resources);
    direct = routes;
  }

  @Override
  public RequestExecutorProvider getRequestExecutorProvider() {
    return this::executorFor;
  }

  /**
   * Asked before the request is served, and again for each arrival of a piece of its body. What is
   * brief is served on the selector thread, but only what was sent on its own and to a client that
   * takes what it is told: Grizzly waits for one that is far behind, and the thread would wait for
   * itself.
   */
  private @Nullable Executor executorFor(Request request) {
    if (BodyInput.isReading(request)) {
      return null;
    }
    boolean mayServe = !Thread.currentThread().isVirtual() && hasTakenAll(request);
    if (!mayServe) {
      ConnectionLoad.of(request.getContext().getConnection()).answered();
    }
    return mayServe && (isPing(request) || isKnown(request)) ? null : VIRTUAL;
  }

  private static boolean hasTakenAll(Request request) {
    return request.getContext().getConnection() instanceof NIOConnection connection
        && connection.getAsyncWriteQueue().spaceInBytes() == 0;
  }

  /** Whether a direct route has its answer at once, which is kept with the request then. */
  private boolean isKnown(Request request) {
    DirectRoute route = directRoute(request);
    if (route == null || activity.isStopping() || !mayAsk(request)) {
      return false;
    }
    byte[] json = atOnce(route, request);
    request.setAttribute(KNOWN, json);
    return json != null;
  }

  private static byte @Nullable [] atOnce(DirectRoute route, Request request) {
    try {
      return route.answerAtOnce(RequestTarget.encoded(request.getQueryString()));
    } catch (CharacterCodingException refusedAtLength) {
      return null;
    }
  }

  private boolean mayAsk(Request request) {
    return token.isOpen() ? !CrossSite.isFrom(request) : token.allows(request);
  }

  private @Nullable DirectRoute directRoute(Request request) {
    DataChunk path = request.getRequest().getRequestURIRef().getRequestURIBC();
    for (DirectRoute route : direct) {
      if (path.equals(route.path()) && request.getMethod().matchesMethod("GET")) {
        return route;
      }
    }
    return null;
  }

  private static boolean isPing(Request request) {
    DataChunk path = request.getRequest().getRequestURIRef().getRequestURIBC();
    return path.equals(PING) || path.equals(PING + "/");
  }

  /** A client is asked for its body when somebody reads it, and not before its token was seen. */
  @Override
  protected boolean sendAcknowledgment(Request request, Response response) {
    return true;
  }

  @Override
  public void service(Request request, Response response) {
    long start = System.nanoTime();
    Exchange exchange = new Exchange(ids.of(request), request, response);
    if (isPing(request)) {
      serve(exchange, true);
      RequestLog.write(Level.DEBUG, exchange, start);
    } else if (request.getAttribute(KNOWN) instanceof byte[] json) {
      send(exchange, json);
      RequestLog.write(exchange, start);
    } else {
      activity.begin(request);
      StreamBody stream = serve(exchange, false);
      if (stream == null) {
        RequestLog.write(exchange, start);
      } else {
        response.suspend();
        Thread.startVirtualThread(() -> stream(exchange, stream, start));
      }
    }
  }

  private static void send(Exchange exchange, byte[] json) {
    guarded(
        exchange,
        () -> {
          exchange.send(200, Exchange.JSON, json);
          return null;
        });
  }

  /**
   * Runs on a thread of its own: what Grizzly and Jackson keep for each thread, and most of the
   * request's deep stack, would stay for as long as the stream (12 KB each).
   */
  private static void stream(Exchange exchange, StreamBody stream, long start) {
    guarded(
        exchange,
        () -> {
          StreamRunner.run(exchange, stream);
          return null;
        });
    RequestLog.write(exchange, start);
    exchange.response().resume();
  }

  private @Nullable StreamBody serve(Exchange exchange, boolean ping) {
    return guarded(exchange, () -> answer(exchange, ping));
  }

  /** Answers, unless with the stream that is returned. */
  private @Nullable StreamBody answer(Exchange exchange, boolean ping) throws IOException {
    if (activity.isStopping()) {
      exchange.request().getRequest().getProcessingState().setKeepAlive(false);
      exchange.fail(Answer.ofStatus(503, "execd is stopping"));
    } else if (!token.allows(exchange.request())) {
      exchange.fail(Answer.unauthorized());
    } else if (ping && exchange.isMethod("GET")) {
      RequestTarget.encoded(exchange.request().getQueryString());
      exchange.send(200, EMPTY);
    } else if (!mayAsk(exchange.request())) {
      exchange.fail(Answer.crossSite());
    } else if (ping) {
      ping(exchange);
    } else if (!fixed.answer(exchange) && !answerDirectly(exchange)) {
      return jersey.answer(exchange);
    }
    return null;
  }

  private interface Step {
    @Nullable StreamBody run() throws IOException;
  }

  private static @Nullable StreamBody guarded(Exchange exchange, Step step) {
    try {
      return step.run();
    } catch (CharacterCodingException malformed) {
      return guarded(exchange, () -> refuseTarget(exchange));
    } catch (IOException gone) {
      // Only writing to the client throws here, and there is nobody left to tell.
      exchange.connection().closeSilently();
    } catch (RuntimeException broken) {
      exchange.breakOff(broken);
    } catch (Error fatal) {
      exchange.connection().terminateSilently();
      throw FatalError.reported(fatal);
    }
    return null;
  }

  private static @Nullable StreamBody refuseTarget(Exchange exchange) throws IOException {
    exchange.fail(Answer.ofStatus(400, "path or query: not valid UTF-8"));
    return null;
  }

  /** False when it is for a resource. */
  private boolean answerDirectly(Exchange exchange) throws IOException {
    DirectRoute route = directRoute(exchange.request());
    if (route == null) {
      return false;
    }
    byte[] json = route.answer(RequestTarget.encoded(exchange.request().getQueryString()));
    if (json == null) {
      return false;
    }
    exchange.send(200, Exchange.JSON, json);
    return true;
  }

  private static void ping(Exchange exchange) throws IOException {
    if (exchange.isMethod("HEAD")) {
      exchange.send(200, EMPTY);
    } else {
      FixedRoutes.refuseMethod(exchange, "GET, HEAD");
    }
  }
}
