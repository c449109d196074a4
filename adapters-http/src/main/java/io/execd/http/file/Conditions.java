package io.execd.http.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a download depends on, in the order that RFC 9110 (13.2.2) gives. A header that cannot be
 * read counts as absent when it is a date, and matches nothing when it is a list of tags.
 */
final class Conditions {
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")");

  private final List<String> ifMatch;
  private final @Nullable String ifUnmodifiedSince;
  private final List<String> ifNoneMatch;
  private final @Nullable String ifModifiedSince;

  /** Each parameter is the header of that name; of the lists all its lines. */
  Conditions(
      List<String> ifMatch,
      @Nullable String ifUnmodifiedSince,
      List<String> ifNoneMatch,
      @Nullable String ifModifiedSince) {
    this.ifMatch = ifMatch;
    this.ifUnmodifiedSince = ifUnmodifiedSince;
    this.ifNoneMatch = ifNoneMatch;
    this.ifModifiedSince = ifModifiedSince;
  }

  /** What the conditions say. */
  enum Verdict {
    MET,
    /** The client has what it asks for. */
    UNCHANGED,
    /** The file is not the one that the client means. */
    FAILED
  }

  /** Of a file that exists. */
  Verdict judge(Validators file) {
    if (isAnother(file)) {
      return Verdict.FAILED;
    }
    return isUnchanged(file) ? Verdict.UNCHANGED : Verdict.MET;
  }

  private boolean isAnother(Validators file) {
    return ifMatch.isEmpty() ? isModified(file, ifUnmodifiedSince, false) : !matches(file);
  }

  private boolean isUnchanged(Validators file) {
    return ifNoneMatch.isEmpty()
        ? !isModified(file, ifModifiedSince, true)
        : isAny(ifNoneMatch, tag -> file.tag().filter(weakly(tag)::equals).isPresent());
  }

  /** By the strong comparison: a weak tag matches nothing. */
  private boolean matches(Validators file) {
    return isAny(ifMatch, tag -> file.tag().filter(tag::equals).isPresent());
  }

  private static String weakly(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  private static boolean isAny(List<String> header, Predicate<String> wanted) {
    String all = String.join(",", header).strip();
    return all.equals("*")
        || TAG.matcher(all).results().map(found -> found.group()).anyMatch(wanted);
  }

  private static boolean isModified(Validators file, @Nullable String since, boolean otherwise) {
    Optional<Instant> date = since == null ? Optional.empty() : HttpDate.parse(since);
    if (date.isEmpty() || file.modified().isEmpty()) {
      return otherwise;
    }
    return file.modified().get().isAfter(date.get());
  }

  /**
   * Whether a range may be sent: there is no {@code If-Range}, or the file is still the one it
   * names.
   */
  static boolean isStill(Validators file, @Nullable String ifRange) {
    if (ifRange == null) {
      return true;
    }
    Matcher tag = TAG.matcher(ifRange.strip());
    return tag.matches()
        ? file.tag().filter(tag.group()::equals).isPresent()
        : HttpDate.parse(ifRange)
            .filter(date -> file.modified().filter(date::equals).isPresent())
            .isPresent();
  }
}
