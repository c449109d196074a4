package io.execd.bootstrap.logging;

import java.util.logging.LogManager;

/**
 * A log manager whose handlers outlive the start of the shutdown. The JDK's takes them away in a
 * shutdown hook of its own, beside ours, and what the daemon says while it stops would be lost.
 */
public final class LastingLogManager extends LogManager {

  /** Called by the JDK's shutdown hook, through the property {@code java.util.logging.manager}. */
  public LastingLogManager() {}

  @Override
  public void reset() {
    // On purpose: see above.
  }

  void reallyReset() {
    super.reset();
  }
}
