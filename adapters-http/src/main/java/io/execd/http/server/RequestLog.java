package io.execd.http.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** One line for each request, when its answer has been written. */
final class RequestLog {
  private static final Logger LOG = System.getLogger("io.execd.http.request");
  private static final Pattern SECRET =
      Pattern.compile("(?i)([^&=]*(?:token|secret|passw|key|auth)[^&=]*)=[^&]*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]");

  private RequestLog() {}

  static void write(Level level, String id, Request request, Response response, long startNanos) {
    if (LOG.isLoggable(level)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      LOG.log(
          level,
          "request id={0} method={1} path={2} status={3} ms={4}",
          id,
          request.getMethod(),
          path(request.getRequestURI(), request.getQueryString()),
          Integer.toString(response.getStatus()),
          Long.toString(millis));
    }
  }

  static String path(String path, String query) {
    String shown = query == null ? path : path + "?" + SECRET.matcher(query).replaceAll("$1=***");
    return UNPRINTABLE.matcher(shown).replaceAll("?");
  }
}
