package io.execd.http.server;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a body is. Clients are sloppy: a JSON body comes as a form (curl's default), as text
 * or with no type at all. Only types that say plainly that the body is no JSON are believed.
 */
final class BodyType {
  private static final List<String> BELIEVED =
      List.of("multipart/", "application/octet-stream", "image/", "audio/", "video/");
  private static final String JSON = "application/json";

  private BodyType() {}

  static void settle(ContainerRequest request) {
    String given = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (!isBelieved(given)) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, JSON);
    }
  }

  private static boolean isBelieved(@Nullable String given) {
    if (given == null) {
      return false;
    }
    String type = given.strip().toLowerCase(Locale.ROOT);
    return BELIEVED.stream().anyMatch(type::startsWith);
  }
}
