package io.execd.os.command;

import io.execd.os.nativecall.SpawnOutcome;
import io.execd.os.nativecall.SpawnRequest;

/** Starts a process: the native spawn, or one that fails as a test wants it. */
@FunctionalInterface
interface Spawner {
  SpawnOutcome spawn(SpawnRequest request);
}
