package io.execd.http.file;

import io.execd.domain.file.ByteRange;
import io.execd.domain.file.ByteRanges;
import io.execd.domain.file.FileStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a download depends on, as RFC 9110 has it. */
record Conditions(
    @Nullable String range,
    @Nullable String ifRange,
    @Nullable String ifNoneMatch,
    @Nullable String ifModifiedSince) {

  /** Whether the client has what it asks for. */
  boolean isUnchanged(FileStatus status) {
    if (ifNoneMatch != null) {
      return Stream.of(ifNoneMatch.split(",", -1))
          .map(String::strip)
          .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
          .anyMatch(tag -> tag.equals("*") || tag.equals(tag(status)));
    }
    return ifModifiedSince != null
        && date(ifModifiedSince).filter(since -> !seconds(status).isAfter(since)).isPresent();
  }

  /** The pieces wanted; empty for the whole file. */
  List<ByteRange> ranges(FileStatus status) {
    return range == null || !isStill(status) ? List.of() : ByteRanges.of(range, status.sizeBytes());
  }

  private boolean isStill(FileStatus status) {
    return ifRange == null
        || ifRange.strip().equals(tag(status))
        || date(ifRange).filter(seconds(status)::equals).isPresent();
  }

  static String tag(FileStatus status) {
    return '"' + status.tag() + '"';
  }

  static String lastModified(FileStatus status) {
    return HttpDate.text(seconds(status));
  }

  private static Instant seconds(FileStatus status) {
    return status.modified().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
