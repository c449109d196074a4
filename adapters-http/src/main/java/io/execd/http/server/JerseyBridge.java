package io.execd.http.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.uri.UriComponent;

/**
 * Gives requests to Jersey, and runs the streams that resources answer with after Jersey is left.
 */
final class JerseyBridge {
  /** Resources never see the address they were called by: nothing of the Host header is used. */
  private static final String BASE = "http://localhost";

  private static final URI BASE_URI = URI.create(BASE + "/");

  private final ApplicationHandler jersey;

  JerseyBridge(List<ApiResource<?>> resources) {
    this.jersey = new ApplicationHandler(new JerseyConfig(resources));
  }

  void answer(Exchange exchange) throws IOException {
    JerseyReply reply = new JerseyReply();
    try {
      jersey.handle(requestOf(exchange.request(), reply));
    } catch (URISyntaxException malformed) {
      exchange.fail(Answer.ofStatus(400, "malformed path or query"));
      return;
    }
    StreamBody stream = reply.stream();
    if (reply.failure() != null) {
      exchange.fail(ErrorMapper.answerOf(reply.failure()));
    } else if (stream == null || exchange.isMethod("HEAD")) {
      reply.setHeaders(exchange);
      reply.send(exchange);
    } else {
      stream(exchange, reply, stream);
    }
  }

  private ContainerRequest requestOf(Request request, JerseyReply reply) throws URISyntaxException {
    ContainerRequest message =
        new ContainerRequest(
            BASE_URI,
            uriOf(request),
            request.getMethod().getMethodString(),
            NobodySecurity.INSTANCE,
            new MapPropertiesDelegate(),
            jersey.getConfiguration());
    for (String name : request.getHeaderNames()) {
      message.headers(name, request.getHeaders(name));
    }
    BodyType.settle(message);
    message.setEntityStream(new BodyInput(request));
    message.setWriter(reply);
    return message;
  }

  private static URI uriOf(Request request) throws URISyntaxException {
    String path = request.getRequestURI();
    String query = request.getQueryString();
    String uri = BASE + UriComponent.contextualEncode(path, UriComponent.Type.PATH);
    return new URI(
        query == null
            ? uri
            : uri + "?" + UriComponent.contextualEncode(query, UriComponent.Type.QUERY));
  }

  private static void stream(Exchange exchange, JerseyReply reply, StreamBody body)
      throws IOException {
    reply.setHeaders(exchange);
    exchange.response().setHeader(RequestId.HEADER, exchange.id());
    exchange.response().setStatus(reply.status());
    ClientWatch watch = ClientWatch.start(exchange.connection());
    try {
      body.writeTo(new StreamOutput(exchange.response(), exchange.connection(), watch));
      exchange.response().getNIOOutputStream().close();
    } catch (RuntimeException failure) {
      failStream(exchange, failure);
    } finally {
      watch.stop();
    }
  }

  private static void failStream(Exchange exchange, RuntimeException failure) throws IOException {
    Answer answer = ErrorMapper.answerOf(failure);
    if (exchange.response().isCommitted()) {
      exchange.connection().closeSilently();
    } else {
      exchange.fail(answer);
    }
  }
}
