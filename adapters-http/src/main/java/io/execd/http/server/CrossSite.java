package io.execd.http.server;

import java.util.Locale;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.util.Header;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes requests that a browser sends for a page of another site. {@code Sec-Fetch-Site}
 * decides; a browser that does not send it is known by an {@code Origin} that is not the host that
 * was asked. A request with neither header does not come from a page.
 */
final class CrossSite {
  private CrossSite() {}

  static boolean isFrom(Request request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isHost(origin, request.getHeader(Header.Host));
  }

  /** Whether an origin, such as {@code http://localhost:44772}, has this host and port. */
  private static boolean isHost(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return scheme > 0
        && host != null
        && origin
            .substring(scheme + 3)
            .toLowerCase(Locale.ROOT)
            .equals(host.toLowerCase(Locale.ROOT));
  }
}
