package io.execd.http.server;

import java.io.IOException;

/** A JSON body is longer than we read. An IOException, because Jackson lets those pass. */
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException() {
    super("request body: longer than " + Limits.JSON_BODY_BYTES + " bytes");
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
