package io.execd.http.command;

import io.execd.domain.command.CommandOutcome;
import io.execd.domain.command.CommandOutcome.Ended;
import io.execd.domain.command.CommandOutcome.NotStarted;
import io.execd.domain.command.CommandOutcome.Stopped;
import io.execd.domain.command.CommandStatus;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.Signals;
import io.execd.domain.command.StopCause;
import io.execd.http.api.model.CommandStatusResponse;
import org.jspecify.annotations.Nullable;

/** Tells a status in the model of the API; what has no value is left out. */
final class StatusWriter {
  private StatusWriter() {}

  static CommandStatusResponse write(CommandStatus status) {
    CommandStatusResponse answer =
        new CommandStatusResponse()
            .id(status.id().value())
            .content(status.content())
            .running(status.outcome().isEmpty())
            .startedAt(status.startedAt().toString());
    status.finishedAt().ifPresent(at -> answer.finishedAt(at.toString()));
    status.outcome().ifPresent(outcome -> write(outcome, answer));
    return answer;
  }

  private static void write(CommandOutcome outcome, CommandStatusResponse answer) {
    switch (outcome) {
      case Ended(ExitStatus status) -> write(status, answer);
      case Stopped(StopCause cause, ExitStatus status) -> {
        write(status, answer);
        answer.timedOut(trueOrAbsent(cause == StopCause.TIMEOUT && !status.success()));
      }
      case NotStarted(String reason) -> answer.exitCode(-1).error(reason);
    }
  }

  private static void write(ExitStatus status, CommandStatusResponse answer) {
    switch (status) {
      case Exited(int code, boolean outOfMemory) -> {
        answer.exitCode(code).oomKilled(trueOrAbsent(outOfMemory));
        if (code != 0) {
          answer.error("exit status " + code);
        }
      }
      case Signaled(int signal, boolean _, boolean outOfMemory) ->
          answer
              .exitCode(-1)
              .error("signal: " + Signals.text(signal))
              .signal(Signals.name(signal))
              .oomKilled(trueOrAbsent(outOfMemory));
    }
  }

  private static @Nullable Boolean trueOrAbsent(boolean value) {
    return value ? Boolean.TRUE : null;
  }
}
