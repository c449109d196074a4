package io.execd.http.server;

import java.io.IOException;

/** A body that is not read to its end; an I/O exception, since a JSON parser lets these pass. */
final class RefusedBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private RefusedBodyException(int status, String message) {
    super(message);
    this.status = status;
  }

  static RefusedBodyException tooLarge() {
    return new RefusedBodyException(
        413, JsonProblem.BODY + ": longer than " + Limits.JSON_BODY_BYTES + " bytes");
  }

  /** There is not so much memory now. */
  static RefusedBodyException needsHeap(long bytes) {
    return new RefusedBodyException(
        503,
        "%s: needs %d MiB of heap more than there is now; EXECD_JAVA_OPTS=-Xmx128m raises it"
            .formatted(JsonProblem.BODY, bytes >> 20));
  }

  /** Others take the memory for bodies. */
  static RefusedBodyException busy() {
    return new RefusedBodyException(
        503, JsonProblem.BODY + ": too many large ones at the moment; try again");
  }

  /** Its bytes stand for others. */
  static RefusedBodyException encoded(String coding) {
    return new RefusedBodyException(
        400, "Content-Encoding: " + coding + ": send the body as it is, not compressed");
  }

  /** Its client stalls. */
  static RefusedBodyException late() {
    return new RefusedBodyException(408, JsonProblem.BODY + ": did not arrive in time");
  }

  Answer answer() {
    return Answer.ofStatus(status, String.valueOf(getMessage()));
  }
}
