package io.execd.application.code;

import io.execd.domain.stream.StreamLimits;
import java.time.Duration;

/** The bounds of the code slice. */
final class CodeLimits {
  /** Contexts at the same time, those of SQL included; each is a process of some 60 MB. */
  static final int CONTEXTS = 256;

  /** How many ids of lost contexts are remembered, so that a caller learns what became of them. */
  static final int LOST_CONTEXTS = 1000;

  /**
   * Code that was interrupted because of its timeout, or because its client is gone, has this long
   * to end before its stream does.
   */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long the end of all kernels may take when the daemon stops. */
  static final Duration CLOSING = Duration.ofSeconds(5);

  /** 256 KiB may wait for a client, 16 KiB while memory is scarce; nothing is kept for others. */
  static final StreamLimits STREAM = new StreamLimits(256 * 1024, 16 * 1024, 0);

  private CodeLimits() {}
}
