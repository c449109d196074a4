package io.execd.http.server;

import java.time.Duration;

/**
 * How long clients are waited for; see {@link Limits} for what each of these is.
 *
 * @param head from the first byte of a request to the end of its headers
 * @param linger after a request that was refused unread
 * @param bodyPause in the middle of a body
 * @param bodyWait of a JSON body for others
 * @param tick how often connections are looked at, and so how exact the first two are
 */
record Patience(
    Duration head, Duration linger, Duration bodyPause, Duration bodyWait, Duration tick) {
  /** The one that everybody has but tests, which cannot wait so long. */
  static final Patience USUAL =
      new Patience(
          Limits.HEAD_TIME,
          Limits.LINGER,
          Limits.BODY_PAUSE,
          Limits.BODY_WAIT,
          Duration.ofSeconds(1));
}
