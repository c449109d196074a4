package io.execd.http.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Times as HTTP headers have them, such as {@code Tue, 09 Jun 2026 10:13:20 GMT}. */
final class HttpDate {
  private static final String[] DAYS = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final int DAY_SECONDS = 86_400;

  private HttpDate() {}

  /** The text; 1 January 1970 was a Thursday. */
  static String text(Instant time) {
    byte[] out = new byte[TimeText.LONGEST];
    int end = new TimeText().rfc3339(time, out, 0);
    String iso = new String(out, 0, end, StandardCharsets.US_ASCII);
    long day = Math.floorDiv(time.getEpochSecond(), DAY_SECONDS);
    return "%s, %s %s %s %s GMT"
        .formatted(
            DAYS[Math.floorMod(day, 7)],
            iso.substring(8, 10),
            MONTHS[Integer.parseInt(iso.substring(5, 7)) - 1],
            iso.substring(0, 4),
            iso.substring(11, 19));
  }
}
