package io.execd.http.file;

import io.execd.domain.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of a file.
 *
 * @param first the first line wanted, counted from 1
 * @param count how many
 */
record LineRange(long first, long count) {

  static LineRange of(@Nullable Long offset, @Nullable Long limit) {
    long first = offset == null ? 1 : offset;
    long count = limit == null ? Long.MAX_VALUE : limit;
    if (first < 1) {
      throw Failure.invalidField("offset", "must be at least 1, but is " + first);
    }
    if (count < 0) {
      throw Failure.invalidField("limit", "must not be negative, but is " + count);
    }
    return new LineRange(first, count);
  }
}
