package io.execd.http.server;

/** A JSON body is longer than we read. */
final class BodyTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException() {
    super("request body: longer than " + Limits.JSON_BODY_BYTES + " bytes");
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
