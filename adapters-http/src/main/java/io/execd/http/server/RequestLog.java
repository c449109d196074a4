package io.execd.http.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.Request;

/** One line for each request, when its answer has been written. */
final class RequestLog {
  private static final Logger LOG = System.getLogger("io.execd.http.request");
  private static final Pattern SECRET =
      Pattern.compile("(?i)([^&=]*(?:token|secret|passw|key|auth)[^&=]*)=[^&]*");
  private static final Pattern SECRET_NAME = Pattern.compile("(?i)token|secret|passw|key|auth");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]");

  private RequestLog() {}

  /** Logs the end of a request; the log's handler does not wait for its reader. */
  static void write(Exchange exchange, long startNanos) {
    write(Level.INFO, exchange, startNanos);
  }

  static void write(Level level, Exchange exchange, long startNanos) {
    if (LOG.isLoggable(level)) {
      LOG.log(level, line(exchange, startNanos));
    }
  }

  /** The same of a request that could not be understood. */
  static void refused(String id, Answer answer) {
    LOG.log(Level.INFO, "request id={0} refused: {1}", id, answer.message());
  }

  /** No pattern with arguments: formatting those takes longer than many an answer. */
  private static String line(Exchange exchange, long startNanos) {
    Request request = exchange.request();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    return "request id="
        + exchange.id()
        + " method="
        + request.getMethod()
        + " path="
        + path(request.getRequestURI(), request.getQueryString())
        + " status="
        + exchange.response().getStatus()
        + " ms="
        + millis;
  }

  static String path(String path, String query) {
    String shown = query == null ? path : path + "?" + mask(query);
    return isPrintable(shown) ? shown : UNPRINTABLE.matcher(shown).replaceAll("?");
  }

  private static String mask(String query) {
    return hasSecret(query) ? SECRET.matcher(query).replaceAll("$1=***") : query;
  }

  /** Looks at what stands before an equals sign, which is a small part of most queries. */
  private static boolean hasSecret(String query) {
    int from = 0;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '=' && SECRET_NAME.matcher(query).region(from, i).find()) {
        return true;
      }
      if (c == '=' || c == '&') {
        from = i + 1;
      }
    }
    return false;
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
