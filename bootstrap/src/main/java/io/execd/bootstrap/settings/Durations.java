package io.execd.bootstrap.settings;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Go writes them: numbers with units, {@code 500ms}, {@code 1.5s}, {@code 1m30s}. */
final class Durations {
  private static final String MUST_BE = "must be a duration such as 500ms, 2s, 1m or 1m30s";

  private final String text;
  private int at;

  private Durations(String text) {
    this.text = text;
  }

  static Duration parse(String text) {
    String plain = text.strip();
    boolean negative = plain.startsWith("-");
    String unsigned = negative || plain.startsWith("+") ? plain.substring(1) : plain;
    if (unsigned.equals("0")) {
      return Duration.ZERO;
    }
    Duration sum = new Durations(unsigned).sum();
    return negative ? sum.negated() : sum;
  }

  static Duration parseNotNegative(String text) {
    Duration duration = parse(text);
    if (duration.isNegative()) {
      throw new BadValue("must not be negative");
    }
    return duration;
  }

  private Duration sum() {
    if (text.isEmpty()) {
      throw new BadValue(MUST_BE);
    }
    try {
      Duration sum = Duration.ZERO;
      while (at < text.length()) {
        sum = sum.plusNanos(term());
      }
      return sum;
    } catch (ArithmeticException e) {
      throw new BadValue("is too long a duration");
    }
  }

  private long term() {
    String number = take("0123456789.");
    String unit = take("hmnsuµμ");
    if (number.chars().noneMatch(Character::isDigit)
        || number.indexOf('.') != number.lastIndexOf('.')) {
      throw new BadValue(MUST_BE);
    }
    return new BigDecimal(number)
        .multiply(BigDecimal.valueOf(nanos(unit)))
        .toBigInteger()
        .longValueExact();
  }

  private String take(String allowed) {
    int from = at;
    while (at < text.length() && allowed.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "µs", "μs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw new BadValue(MUST_BE);
    };
  }
}
