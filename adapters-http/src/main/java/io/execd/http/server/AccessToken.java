package io.execd.http.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** The one secret that opens the API, if there is one. */
final class AccessToken {
  static final String HEADER = "X-EXECD-ACCESS-TOKEN";

  private final byte @Nullable [] expected;

  AccessToken(@Nullable String token) {
    this.expected = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether there is none, so that everything is open. */
  boolean isOpen() {
    return expected == null;
  }

  /** Compares in a time that does not tell how much of the token was right. */
  boolean allows(Request request) {
    if (expected == null) {
      return true;
    }
    String given = request.getHeader(HEADER);
    return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
  }
}
