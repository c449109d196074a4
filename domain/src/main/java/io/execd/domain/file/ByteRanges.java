package io.execd.domain.file;

import io.execd.domain.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Range}, as RFC 9110 has it. */
public final class ByteRanges {
  private static final String UNIT = "bytes=";
  private static final int MOST = 100;
  private static final Pattern RANGE = Pattern.compile("\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  private ByteRanges() {}

  /**
   * The pieces asked for that exist, in the order asked for.
   *
   * @return empty when the whole file is meant: the unit is another one, or the pieces together are
   *     longer than the file
   * @throws Failure RANGE_NOT_SATISFIABLE when none exists, or the header cannot be read
   */
  public static List<ByteRange> of(String header, long sizeBytes) {
    if (!header.strip().startsWith(UNIT)) {
      return List.of();
    }
    String[] specs = header.strip().substring(UNIT.length()).split(",", -1);
    List<ByteRange> ranges = new ArrayList<>();
    for (String spec : specs) {
      ranges.addAll(one(spec, sizeBytes, header));
    }
    if (ranges.isEmpty() || specs.length > MOST) {
      throw unsatisfiable(header, sizeBytes);
    }
    long total = ranges.stream().mapToLong(ByteRange::length).sum();
    return total > sizeBytes ? List.of() : ranges;
  }

  private static List<ByteRange> one(String spec, long size, String header) {
    Matcher parts = RANGE.matcher(spec);
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      throw unsatisfiable(header, size);
    }
    if (parts.group(1).isEmpty()) {
      long count = Math.min(Long.parseLong(parts.group(2)), size);
      return count == 0 ? List.of() : List.of(new ByteRange(size - count, size - 1));
    }
    long first = Long.parseLong(parts.group(1));
    long last = parts.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(parts.group(2));
    if (last < first) {
      throw unsatisfiable(header, size);
    }
    return first >= size ? List.of() : List.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  private static Failure unsatisfiable(String header, long size) {
    return new Failure(
        Failure.Code.RANGE_NOT_SATISFIABLE,
        "Range: '" + header + "' cannot be had of " + size + " bytes");
  }
}
