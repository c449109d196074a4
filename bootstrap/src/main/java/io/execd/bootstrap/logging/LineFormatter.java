package io.execd.bootstrap.logging;

import io.execd.bootstrap.settings.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * {@code time level logger message}, one line a record, in UTC. Control characters of the message
 * are escaped, so that nobody can forge a record, and the daemon's own secrets are masked wherever
 * they turn up; the lines of a stack trace follow, indented.
 */
final class LineFormatter extends Formatter {
  private final List<Secret> secrets;

  LineFormatter(List<Secret> secrets) {
    this.secrets = secrets.stream().filter(Secret::isPresent).toList();
  }

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(160);
    time(line, record.getInstant());
    line.append(' ').append(name(record.getLevel())).append(' ').append(record.getLoggerName());
    escape(line.append(' '), mask(formatMessage(record)));
    line.append('\n');
    if (record.getThrown() != null) {
      trace(line, record.getThrown());
    }
    return line.toString();
  }

  private String mask(String message) {
    String masked = message;
    for (Secret secret : secrets) {
      masked = masked.replace(secret.reveal(), secret.toString());
    }
    return masked;
  }

  static String name(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    } else if (value >= Level.WARNING.intValue()) {
      return "warning";
    } else if (value > Level.INFO.intValue()) {
      return "notice";
    }
    return value == Level.INFO.intValue() ? "info" : "debug";
  }

  /** By hand: a DateTimeFormatter costs classes, and so time, on the way to the first request. */
  private static void time(StringBuilder line, Instant instant) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    digits(line, utc.getYear(), 4).append('-');
    digits(line, utc.getMonthValue(), 2).append('-');
    digits(line, utc.getDayOfMonth(), 2).append('T');
    digits(line, utc.getHour(), 2).append(':');
    digits(line, utc.getMinute(), 2).append(':');
    digits(line, utc.getSecond(), 2).append('.');
    digits(line, instant.getNano() / 1_000_000, 3).append('Z');
  }

  private static StringBuilder digits(StringBuilder line, int number, int width) {
    String digits = Integer.toString(number);
    return line.repeat('0', width - digits.length()).append(digits);
  }

  private static void escape(StringBuilder line, String message) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            hex(line, c);
          } else {
            line.append(c);
          }
        }
      }
    }
  }

  private static void hex(StringBuilder line, char c) {
    line.append("\\x")
        .append(Character.forDigit(c >> 4, 16))
        .append(Character.forDigit(c & 15, 16));
  }

  private static void trace(StringBuilder line, Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    trace.toString().lines().forEach(each -> escapeLine(line, each));
  }

  private static void escapeLine(StringBuilder line, String text) {
    escape(line.append("    "), text.strip());
    line.append('\n');
  }
}
