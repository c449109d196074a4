package io.execd.os.command;

import io.execd.domain.command.ProcessLauncher;

/** A launcher with what it keeps open: threads and descriptors. */
public interface MachineLauncher extends ProcessLauncher, AutoCloseable {

  /** Does the slow part of the first launch now. Idempotent; blocks for tens of milliseconds. */
  void warmUp();

  /**
   * Kills what still runs, with its group, and gives back everything held. Observers still hear of
   * the end of their process. Blocks for a few seconds at most; idempotent. Later launches are
   * refused.
   */
  @Override
  void close();
}
