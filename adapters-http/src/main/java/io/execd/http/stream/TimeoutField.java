package io.execd.http.stream;

import io.execd.domain.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The field {@code timeout} of a request whose answer is an event stream. */
public final class TimeoutField {
  private TimeoutField() {}

  /**
   * How long the execution may take; nothing: as long as it likes.
   *
   * @param millis as sent; null when absent, and 0 means the same
   */
  public static Optional<Duration> read(@Nullable Long millis) {
    if (millis == null || millis == 0) {
      return Optional.empty();
    }
    if (millis < 0) {
      throw Failure.invalidField("timeout", "must not be negative, but is " + millis);
    }
    return Optional.of(Duration.ofMillis(millis));
  }
}
