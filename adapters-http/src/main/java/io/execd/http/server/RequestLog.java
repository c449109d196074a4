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
  private static final Pattern SECRET_NAME = Pattern.compile("(?i)token|secret|passw|key|auth");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]");

  private RequestLog() {}

  static void write(Level level, String id, Request request, Response response, long startNanos) {
    if (LOG.isLoggable(level)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      // No pattern with arguments: formatting those takes longer than many an answer.
      LOG.log(
          level,
          "request id="
              + id
              + " method="
              + request.getMethod()
              + " path="
              + path(request.getRequestURI(), request.getQueryString())
              + " status="
              + response.getStatus()
              + " ms="
              + millis);
    }
  }

  static String path(String path, String query) {
    String shown = query == null ? path : path + "?" + mask(query);
    return isPrintable(shown) ? shown : UNPRINTABLE.matcher(shown).replaceAll("?");
  }

  private static String mask(String query) {
    return SECRET_NAME.matcher(query).find() ? SECRET.matcher(query).replaceAll("$1=***") : query;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}
