package io.execd.http.server;

import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * The first line and headers of a request cannot be served; the connection ends with the answer.
 */
final class BadHeadException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadHeadException(HttpStatus status, String problem) {
    super("malformed HTTP request: " + problem);
    this.status = status.getStatusCode();
  }

  Answer answer() {
    return Answer.ofStatus(status, String.valueOf(getMessage()));
  }
}
