package io.execd.http.stream;

import io.execd.domain.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked of its event stream.
 *
 * @param partialLines whether a line that stays unfinished for 100 ms is sent as it is
 */
public record StreamOptions(Framing framing, boolean partialLines) {

  /** From the query parameters {@code sse} and {@code partial}; both may be absent. */
  public static StreamOptions of(@Nullable String sse, @Nullable Boolean partial) {
    if (sse != null && !sse.equals("standard")) {
      throw Failure.invalidField("sse", "must be 'standard' or absent, not '" + sse + "'");
    }
    return new StreamOptions(
        sse == null ? Framing.BARE : Framing.STANDARD, Boolean.TRUE.equals(partial));
  }
}
