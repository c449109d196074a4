package io.execd.http.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * RFC 3339 times in UTC, written by arithmetic: java.time takes ten times as long. Remembers the
 * last second, which many files of one tree share. Not thread-safe.
 */
final class TimeText {
  static final int LONGEST = 40;

  private static final int DAY_SECONDS = 86_400;

  /** The last time without its decimals; its second, or none yet. */
  private final byte[] whole = new byte["2026-01-01T00:00:00".length()];

  private long wholeSecond = Long.MIN_VALUE;

  /** Writes the time, with as many decimals as it has, and gives where it ends. */
  int rfc3339(Instant time, byte[] out, int from) {
    if (time.getEpochSecond() != wholeSecond) {
      int end = wholeSeconds(time, out, from);
      if (end < 0) {
        return text(time.toString(), out, from);
      }
      System.arraycopy(out, from, whole, 0, whole.length);
      wholeSecond = time.getEpochSecond();
    } else {
      System.arraycopy(whole, 0, out, from, whole.length);
    }
    return fraction(time.getNano(), out, from + whole.length);
  }

  /** Negative for a year that has not four digits. */
  private static int wholeSeconds(Instant time, byte[] out, int from) {
    long day = Math.floorDiv(time.getEpochSecond(), DAY_SECONDS);
    int second = Math.floorMod(time.getEpochSecond(), DAY_SECONDS);
    int at = date(day, out, from);
    if (at < 0) {
      return at;
    }
    out[at++] = 'T';
    at = two(second / 3600, out, at, ':');
    at = two(second / 60 % 60, out, at, ':');
    return digits(second % 60, 2, out, at);
  }

  private static int text(String text, byte[] out, int from) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, out, from, bytes.length);
    return from + bytes.length;
  }

  /**
   * Days since 1970 as a date of the Gregorian calendar, in years that begin in March: then the
   * leap day is the last one. Negative for a year that has not four digits.
   */
  private static int date(long day, byte[] out, int from) {
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    long ofEra = shifted - era * 146_097;
    long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long march = (5 * ofYear + 2) / 153;
    int month = (int) (march < 10 ? march + 3 : march - 9);
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    if (year < 0 || year > 9999) {
      return -1;
    }
    int at = digits((int) year, 4, out, from);
    out[at++] = '-';
    at = two(month, out, at, '-');
    return digits((int) (ofYear - (153 * march + 2) / 5 + 1), 2, out, at);
  }

  private static int two(int value, byte[] out, int at, char after) {
    int end = digits(value, 2, out, at);
    out[end] = (byte) after;
    return end + 1;
  }

  private static int digits(int value, int count, byte[] out, int at) {
    int rest = value;
    for (int i = count - 1; i >= 0; i--) {
      out[at + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + count;
  }

  private static int fraction(int nanos, byte[] out, int from) {
    int at = from;
    if (nanos != 0) {
      out[at++] = '.';
      at = digits(nanos, 9, out, at);
      while (out[at - 1] == '0') {
        at--;
      }
    }
    out[at++] = 'Z';
    return at;
  }
}
