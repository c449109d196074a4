package io.execd.domain.command;

import java.time.Duration;

/**
 * A started process with its process group, of which it is the leader. All calls are idempotent, do
 * not block, may come from any thread, and are no-ops once the process has ended: a recycled
 * process id is never signalled.
 */
public interface RunningProcess {

  /**
   * Asks the whole group, and descendants that left it, to end (SIGTERM), and kills what is still
   * there after the grace time. Survivors of a leader that ends early get the whole grace time too.
   */
  void terminate(Duration grace);

  /** Kills the whole group, and descendants that left it, at once (SIGKILL). */
  void kill();

  /** The observer has room again after it answered 0: reading goes on. */
  void resumeOutput();
}
