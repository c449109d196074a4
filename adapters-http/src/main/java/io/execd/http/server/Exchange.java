package io.execd.http.server;

import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * One request and the answer to it.
 *
 * @param id the request's name, which every answer carries
 */
record Exchange(String id, Request request, Response response) {
  static final String JSON = "application/json";

  boolean isMethod(String method) {
    return request.getMethod().matchesMethod(method);
  }

  NIOConnection connection() {
    return (NIOConnection) request.getContext().getConnection();
  }

  /** Answers with an error. Too late when a part of another answer has been sent. */
  void fail(Answer answer) throws IOException {
    response.reset();
    if (answer.status() == 503) {
      response.setHeader("Retry-After", Limits.RETRY_AFTER_SECONDS);
    }
    send(answer.status(), JSON, answer.json());
  }

  /** Answers with a whole body. */
  void send(int status, String contentType, byte[] body) throws IOException {
    response.setContentType(contentType);
    send(status, body);
  }

  /** Answers with a whole body, under the headers that were set before. */
  void send(int status, byte[] body) throws IOException {
    response.setHeader(RequestId.HEADER, id);
    response.setStatus(status);
    response.setContentLength(body.length);
    if (body.length > 0 && !isMethod("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
