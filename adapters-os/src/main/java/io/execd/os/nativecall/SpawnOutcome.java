package io.execd.os.nativecall;

import io.execd.domain.OsError;
import io.execd.domain.command.LaunchStage;

/** What came of a spawn. */
public sealed interface SpawnOutcome {

  /**
   * The program runs as the leader of a session of its own.
   *
   * @param pid valid until the child is reaped
   * @param descriptor of the process; the caller closes it
   */
  record Spawned(int pid, int descriptor) implements SpawnOutcome {}

  /** Nothing runs, nothing is left to reap. */
  record NotSpawned(LaunchStage stage, OsError error) implements SpawnOutcome {}
}
