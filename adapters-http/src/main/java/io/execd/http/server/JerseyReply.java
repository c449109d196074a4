package io.execd.http.server;

import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;

/**
 * Collects what Jersey answers, to be sent when Jersey is done: the length is known then, nothing
 * is half sent when an entity cannot be written, and a client that is gone is no error of Jersey's.
 */
final class JerseyReply implements ContainerResponseWriter {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable ContainerResponse answer;
  private @Nullable Throwable failure;

  @Override
  public OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse response) {
    answer = response;
    return body;
  }

  @Override
  public void failure(Throwable cause) {
    failure = cause;
  }

  /** What no mapper took; null when there is an answer. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** The stream that was answered, if it was one. */
  @Nullable StreamBody stream() {
    return answer != null && answer.getEntity() instanceof StreamBody stream ? stream : null;
  }

  void setHeaders(Exchange exchange) {
    exchange.begin(status());
    if (answer != null) {
      answer.getStringHeaders().forEach((name, values) -> setHeader(exchange, name, values));
    }
  }

  private void setHeader(Exchange exchange, String name, Iterable<String> values) {
    if (name.equalsIgnoreCase(HttpHeaders.ALLOW)) {
      exchange.response().setHeader(name, allowed());
    } else if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
      values.forEach(value -> exchange.response().addHeader(name, value));
    }
  }

  /**
   * The methods that the route has. Jersey adds an OPTIONS of its own, which is not served, and not
   * always the HEAD that every GET has.
   */
  String allowed() {
    String all = answer == null ? null : answer.getHeaderString(HttpHeaders.ALLOW);
    Set<String> methods = new TreeSet<>();
    for (String method : String.valueOf(all).split(",", -1)) {
      methods.add(method.strip());
    }
    methods.remove("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  void send(Exchange exchange) throws IOException {
    exchange.send(status(), body.toByteArray());
  }

  /** Jersey refuses some requests itself, before any mapper is asked: an unreadable Accept. */
  boolean isBareError() {
    return status() >= 400 && body.size() == 0;
  }

  int status() {
    return answer == null ? 500 : answer.getStatus();
  }

  @Override
  public boolean suspend(long time, TimeUnit unit, TimeoutHandler handler) {
    return false;
  }

  @Override
  public void setSuspendTimeout(long time, TimeUnit unit) {
    throw new IllegalStateException("resources answer on their own thread");
  }

  @Override
  public void commit() {}

  @Override
  public boolean enableResponseBuffering() {
    return false;
  }
}
