package io.execd.http.server;

/**
 * An error as the client sees it: a status and a JSON body with code and message.
 *
 * @param status the HTTP status
 * @param code one of the codes of the contract
 * @param message names what was wrong; safe to show
 */
record Answer(int status, String code, String message) {
  private static final String UNAUTHORIZED =
      "Unauthorized: invalid or missing header X-EXECD-ACCESS-TOKEN";

  /** For what the protocol itself refuses. */
  static Answer ofStatus(int status, String message) {
    return new Answer(status, codeOf(status), message);
  }

  private static String codeOf(int status) {
    return switch (status) {
      case 401 -> "UNAUTHORIZED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 405 -> "METHOD_NOT_ALLOWED";
      case 408, 414, 431, 505 -> "INVALID_REQUEST_BODY";
      case 413 -> "PAYLOAD_TOO_LARGE";
      case 501 -> "NOT_SUPPORTED";
      case 503 -> "EXECD_NOT_READY";
      default -> status < 500 ? "INVALID_REQUEST_BODY" : "RUNTIME_ERROR";
    };
  }

  static Answer unauthorized() {
    return ofStatus(401, UNAUTHORIZED);
  }

  static Answer crossSite() {
    return ofStatus(
        403, "a page of another site may not drive execd: Sec-Fetch-Site or Origin is not its own");
  }

  /** Whether it is worth asking again soon. */
  boolean isTemporary() {
    return code.equals("EXECD_NOT_READY");
  }

  /** The body. A 401 also carries the field that clients of the first version read. */
  byte[] json() {
    return status == 401
        ? FlatJson.of("error", message, "code", code, "message", message)
        : FlatJson.of("code", code, "message", message);
  }
}
