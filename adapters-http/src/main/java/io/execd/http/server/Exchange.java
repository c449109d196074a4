package io.execd.http.server;

import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.nio.NIOConnection;

/** One request and the answer to it. */
final class Exchange {
  static final String JSON = "application/json";

  private final String id;
  private final Request request;
  private final Response response;

  /** Under a name that every answer will carry. */
  Exchange(String id, Request request, Response response) {
    this.id = id;
    this.request = request;
    this.response = response;
  }

  String id() {
    return id;
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  boolean isMethod(String method) {
    return request.getMethod().matchesMethod(method);
  }

  NIOConnection connection() {
    return (NIOConnection) request.getContext().getConnection();
  }

  /** Answers with an error. Too late when a part of another answer has been sent. */
  void fail(Answer answer) throws IOException {
    response.reset();
    if (answer.isTemporary()) {
      response.setHeader("Retry-After", Limits.RETRY_AFTER_SECONDS);
    }
    send(answer.status(), JSON, answer.json());
  }

  /**
   * Ends a request that broke. What was sent stays sent; the client must see that it is not all.
   */
  void breakOff(RuntimeException cause) {
    Answer answer = ErrorMapper.answerOf(cause);
    try {
      if (response.isCommitted()) {
        connection().closeSilently();
      } else {
        fail(answer);
      }
    } catch (IOException gone) {
      connection().closeSilently();
    }
  }

  /** Answers with a whole body. */
  void send(int status, String contentType, byte[] body) throws IOException {
    response.setContentType(contentType);
    send(status, body);
  }

  /** Answers with a whole body, under the headers that were set before. */
  void send(int status, byte[] body) throws IOException {
    begin(status);
    response.setContentLength(body.length);
    if (body.length > 0 && !isMethod("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** Sets what every answer carries. (The date that Grizzly adds comes too late to be sent.) */
  void begin(int status) {
    response.setStatus(status);
    response.setHeader(RequestId.HEADER, id);
    response.setHeader(Header.Date, FastHttpDateFormat.getCurrentDate());
    if (request.requiresAcknowledgement() && request.getRequest().isExpectContent()) {
      // The client has not been asked for its body: whether it comes now, nobody can know.
      response.setHeader(Header.Connection, "close");
    }
  }
}
