package io.execd.application.command;

import io.execd.domain.command.CommandOutcome;
import io.execd.domain.command.CommandOutcome.Ended;
import io.execd.domain.command.CommandOutcome.NotStarted;
import io.execd.domain.command.CommandOutcome.Stopped;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.Signals;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.ErrorCode;
import io.execd.domain.stream.ExecutionEvent;
import java.time.Duration;
import java.util.List;

/** Tells an outcome as the last event of the command's stream (contract, section 4). */
final class Conclusion {
  private static final String ERROR_NAME = "CommandExecError";

  private Conclusion() {}

  static ExecutionEvent event(CommandOutcome outcome, Duration duration) {
    return switch (outcome) {
      case Ended(ExitStatus status) -> event(ErrorCode.COMMAND_FAILED, status, duration);
      case Stopped(StopCause cause, ExitStatus status) -> event(code(cause), status, duration);
      case NotStarted(String reason) -> failed(ErrorCode.RUNTIME_ERROR, reason, reason);
    };
  }

  private static ExecutionEvent event(ErrorCode code, ExitStatus status, Duration duration) {
    return switch (status) {
      case Exited(int exit, boolean _) when exit == 0 -> new ExecutionEvent.Completed(duration);
      case Exited(int exit, boolean _) ->
          failed(code, Integer.toString(exit), "exit status " + exit);
      case Signaled(int signal, boolean core, boolean _) -> failed(code, "-1", died(signal, core));
    };
  }

  private static String died(int signal, boolean coreDumped) {
    return "signal: " + Signals.text(signal) + (coreDumped ? " (core dumped)" : "");
  }

  private static ExecutionEvent failed(ErrorCode code, String value, String trace) {
    return new ExecutionEvent.Failed(code, ERROR_NAME, value, List.of(trace));
  }

  private static ErrorCode code(StopCause cause) {
    return switch (cause) {
      case INTERRUPT, SHUTDOWN, CLIENT_GONE -> ErrorCode.INTERRUPTED;
      case TIMEOUT -> ErrorCode.EXECUTION_TIMEOUT;
    };
  }
}
