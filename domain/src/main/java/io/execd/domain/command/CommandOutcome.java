package io.execd.domain.command;

import java.util.Optional;

/** How a command came to its end. */
public sealed interface CommandOutcome {

  /** Its process ended by itself. */
  record Ended(ExitStatus status) implements CommandOutcome {}

  /** The daemon asked its process to end, and it did; the status is the real one. */
  record Stopped(StopCause cause, ExitStatus status) implements CommandOutcome {}

  /** There never was a process. */
  record NotStarted(String reason) implements CommandOutcome {}

  /** The wait status, where there was a process. */
  default Optional<ExitStatus> exitStatus() {
    return switch (this) {
      case Ended(ExitStatus status) -> Optional.of(status);
      case Stopped(StopCause _, ExitStatus status) -> Optional.of(status);
      case NotStarted _ -> Optional.empty();
    };
  }
}
