package io.execd.http.file;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times as HTTP headers have them, such as {@code Tue, 09 Jun 2026 10:13:20 GMT}. */
final class HttpDate {
  private static final String[] DAYS = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final int DAY_SECONDS = 86_400;

  /** What two digits of a year begin to count from. */
  private static final int FIRST_YEAR = 1970;

  /** The form that is written, then two that old clients write (RFC 9110, 5.6.7). */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

  private HttpDate() {}

  /** The time of a header; empty when it is none. */
  static Optional<Instant> parse(String text) {
    return FORMS.stream().flatMap(form -> parse(form, text.strip()).stream()).findFirst();
  }

  private static Optional<Instant> parse(DateTimeFormatter form, String text) {
    try {
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }

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
