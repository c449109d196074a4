package io.execd.application.command;

import io.execd.domain.command.CommandOutcome;
import io.execd.domain.command.CommandOutcome.Ended;
import io.execd.domain.command.CommandOutcome.NotStarted;
import io.execd.domain.command.CommandOutcome.Stopped;
import io.execd.domain.command.CommandStatus;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.Signals;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Writes one structured line for each command that is over. */
final class ExecutionLog {
  private static final Logger LOG = System.getLogger(ExecutionLog.class.getName());

  private ExecutionLog() {}

  static void write(CommandRun run) {
    if (LOG.isLoggable(Level.INFO)) {
      CommandStatus status = run.status();
      Instant end = status.finishedAt().orElse(status.startedAt());
      LOG.log(
          Level.INFO,
          "execution id={0} route={1} outcome={2} duration_ms={3} command=\"{4}\"",
          status.id().value(),
          run.route().name().toLowerCase(Locale.ROOT),
          status.outcome().map(ExecutionLog::word).orElse("running"),
          Long.toString(Duration.between(status.startedAt(), end).toMillis()),
          new Masked(status.content()));
    }
  }

  /** Masked when the line is formatted, on the log's thread: the caller serves all commands. */
  private record Masked(String content) {
    @Override
    public String toString() {
      return SecretMask.mask(content);
    }
  }

  private static String word(CommandOutcome outcome) {
    return switch (outcome) {
      case Ended(ExitStatus status) -> word(status);
      case Stopped(var cause, ExitStatus status) ->
          cause.name().toLowerCase(Locale.ROOT) + "," + word(status);
      case NotStarted _ -> "not_started";
    };
  }

  private static String word(ExitStatus status) {
    return switch (status) {
      case Exited(int code, boolean oom) -> "exit:" + code + (oom ? ",oom" : "");
      case Signaled(int signal, boolean _, boolean oom) ->
          Signals.name(signal) + (oom ? ",oom" : "");
    };
  }
}
