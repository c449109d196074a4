package io.execd.domain.file;

import io.execd.domain.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the header {@code Range}, as RFC 9110 has it. */
public final class ByteRanges {
  private static final String UNIT = "bytes=";
  private static final int MOST = 100;
  private static final Pattern RANGE = Pattern.compile("(\\d*)[ \t]*-[ \t]*(\\d*)");

  /** More digits than this, and it is beyond every file. */
  private static final int DIGITS = 18;

  private ByteRanges() {}

  /**
   * The pieces asked for that exist, in the order asked for.
   *
   * @return empty when the whole file is meant: the unit is another one, or the pieces together are
   *     longer than the file
   * @throws Failure RANGE_NOT_SATISFIABLE when none exists, or the header cannot be read
   */
  public static List<ByteRange> of(String header, long sizeBytes) {
    String text = header.strip();
    if (!text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return List.of();
    }
    List<String> specs = specs(text.substring(UNIT.length()));
    List<ByteRange> ranges = new ArrayList<>();
    for (String spec : specs.size() > MOST ? List.<String>of() : specs) {
      ranges.addAll(one(spec, sizeBytes, header));
    }
    if (ranges.isEmpty()) {
      throw unsatisfiable(header, sizeBytes);
    }
    long total = ranges.stream().mapToLong(ByteRange::length).sum();
    return total > sizeBytes ? List.of() : ranges;
  }

  /** The elements of the list that are not empty. */
  private static List<String> specs(String list) {
    return Stream.of(list.split(",", -1))
        .map(String::strip)
        .filter(spec -> !spec.isEmpty())
        .toList();
  }

  private static List<ByteRange> one(String spec, long size, String header) {
    Matcher parts = RANGE.matcher(spec);
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      throw unsatisfiable(header, size);
    }
    if (parts.group(1).isEmpty()) {
      long count = Math.min(number(parts.group(2)), size);
      return count == 0 ? List.of() : List.of(new ByteRange(size - count, size - 1));
    }
    long first = number(parts.group(1));
    long last = parts.group(2).isEmpty() ? Long.MAX_VALUE : number(parts.group(2));
    if (last < first) {
      throw unsatisfiable(header, size);
    }
    return first >= size ? List.of() : List.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  private static long number(String digits) {
    String plain = digits.replaceFirst("^0+(?=.)", "");
    return plain.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(plain);
  }

  private static Failure unsatisfiable(String header, long size) {
    return new Failure(
        Failure.Code.RANGE_NOT_SATISFIABLE,
        "Range: '" + header + "' cannot be had of " + size + " bytes");
  }
}
