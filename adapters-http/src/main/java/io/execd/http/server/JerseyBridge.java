package io.execd.http.server;

import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.uri.UriComponent;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests to Jersey, and runs the streams that resources answer with after Jersey is left.
 * Building Jersey takes most of the daemon's start, so the port is bound first; requests that come
 * meanwhile wait here.
 */
final class JerseyBridge {
  /** Resources never see the address they were called by: nothing of the Host header is used. */
  private static final String BASE = "http://localhost";

  private static final URI BASE_URI = URI.create(BASE + "/");

  private final CompletableFuture<ApplicationHandler> jersey = new CompletableFuture<>();
  private final Patience patience;
  private final BodyLease.Budget bodies;

  JerseyBridge(Patience patience) {
    this.patience = patience;
    this.bodies = new BodyLease.Budget(patience.bodyWait());
  }

  /** Builds Jersey. Once; until then requests wait. */
  void open(List<ApiResource<?>> resources) {
    jersey.complete(new ApplicationHandler(new JerseyConfig(resources, patience.bodyPause())));
  }

  /**
   * Answers a request, unless with a stream.
   *
   * @return the stream that is still to be run, under the status and headers that are set already;
   *     null when all is done. Nothing of Jersey is held by then: a stream may stay open for days.
   */
  @Nullable StreamBody answer(Exchange exchange) throws IOException {
    try {
      return finish(exchange, ask(exchange));
    } catch (URISyntaxException malformed) {
      exchange.fail(Answer.ofStatus(400, "malformed path or query"));
      return null;
    }
  }

  private JerseyReply ask(Exchange exchange) throws IOException, URISyntaxException {
    if (!exchange.isMethod("HEAD")) {
      return ask(exchange, exchange.request().getMethod().getMethodString());
    }
    // Jersey would throw the entity of a HEAD away, and with it the length that GET has.
    JerseyReply reply = ask(exchange, "GET");
    return reply.status() == 405 ? ask(exchange, "HEAD") : reply;
  }

  private JerseyReply ask(Exchange exchange, String method) throws IOException, URISyntaxException {
    JerseyReply reply = new JerseyReply();
    try (BodyLease lease = bodies.lease();
        BodyInput body = new BodyInput(exchange.request(), patience.bodyPause())) {
      ContainerRequest request = requestOf(exchange.request(), method, body, reply);
      BodyGuard.setLease(request, lease);
      jersey.join().handle(request);
    }
    return reply;
  }

  private static @Nullable StreamBody finish(Exchange exchange, JerseyReply reply)
      throws IOException {
    Throwable failure = reply.failure();
    if (failure != null) {
      exchange.fail(ErrorMapper.answerOf(failure));
      return null;
    }
    if (exchange.isMethod("OPTIONS") && reply.status() < 400) {
      FixedRoutes.refuseMethod(exchange, reply.allowed());
      return null;
    }
    if (reply.isBareError() && !exchange.isMethod("HEAD")) {
      exchange.fail(Answer.ofStatus(reply.status(), "the request's headers cannot be used"));
      return null;
    }
    reply.setHeaders(exchange);
    StreamBody stream = reply.stream();
    if (stream == null) {
      reply.send(exchange);
      return null;
    }
    if (stream.lengthBytes() >= 0) {
      exchange.response().setContentLengthLong(stream.lengthBytes());
    }
    if (exchange.isMethod("HEAD")) {
      if (stream.lengthBytes() < 0 && exchange.request().getProtocol() == Protocol.HTTP_1_1) {
        exchange.response().getResponse().setChunked(true); // as GET, and not of length 0
      }
      stream.discard();
      return null;
    }
    return stream;
  }

  private ContainerRequest requestOf(
      Request request, String method, BodyInput body, JerseyReply reply)
      throws URISyntaxException, CharacterCodingException {
    ContainerRequest message =
        new ContainerRequest(
            BASE_URI,
            uriOf(request),
            method,
            NobodySecurity.INSTANCE,
            new MapPropertiesDelegate(),
            jersey.join().getConfiguration());
    for (String name : request.getHeaderNames()) {
      if (!isIgnored(name, request)) {
        message.headers(name, request.getHeaders(name));
      }
    }
    BodyType.settle(message);
    message.setEntityStream(body);
    message.setWriter(reply);
    return message;
  }

  /** Accept never refuses an answer, and only GET has ranges (RFC 9110, 14.2). */
  private static boolean isIgnored(String header, Request request) {
    return header.equalsIgnoreCase(HttpHeaders.ACCEPT)
        || (header.equalsIgnoreCase("Range") && !request.getMethod().equals(Method.GET));
  }

  private static URI uriOf(Request request) throws URISyntaxException, CharacterCodingException {
    String path = RequestTarget.encoded(request.getRequestURI());
    String query = RequestTarget.encoded(request.getQueryString());
    String uri = BASE + UriComponent.contextualEncode(path, UriComponent.Type.PATH);
    return new URI(
        query == null
            ? uri
            : uri + "?" + UriComponent.contextualEncode(query, UriComponent.Type.QUERY));
  }
}
