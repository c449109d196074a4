package io.execd.application.code;

import io.execd.domain.code.KernelEnd;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.ErrorCode;
import io.execd.domain.stream.ExecutionEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells the end of an execution as the last event of its stream (contract, sections 3 and 6). */
final class CodeConclusion {
  private CodeConclusion() {}

  /** What the code made of it counts: who handles an interrupt and goes on has completed. */
  static ExecutionEvent of(KernelEnd end, Optional<StopCause> stop, Duration duration) {
    return switch (end) {
      case KernelEnd.Finished _ -> new ExecutionEvent.Completed(duration);
      case KernelEnd.Raised(String name, String value, List<String> traceback) ->
          new ExecutionEvent.Failed(
              stop.map(CodeConclusion::code).orElse(ErrorCode.COMMAND_FAILED),
              name,
              value,
              traceback);
      case KernelEnd.Lost(String reason) ->
          failed(
              stop.map(CodeConclusion::code).orElse(ErrorCode.RUNTIME_ERROR), "OutputLost", reason);
      case KernelEnd.Died(String reason, boolean _) ->
          failed(
              stop.map(CodeConclusion::code).orElse(ErrorCode.RUNTIME_ERROR), "KernelDied", reason);
    };
  }

  /** The code ignores that it was interrupted. */
  static ExecutionEvent ofIgnored(StopCause cause) {
    return failed(
        code(cause), "InterruptIgnored", "the code was interrupted and runs on nevertheless");
  }

  /** The context was closed under the code that ran in it. */
  static ExecutionEvent ofClosed(String reason) {
    return failed(ErrorCode.INTERRUPTED, "ContextClosed", reason);
  }

  private static ErrorCode code(StopCause cause) {
    return switch (cause) {
      case INTERRUPT, SHUTDOWN, CLIENT_GONE -> ErrorCode.INTERRUPTED;
      case TIMEOUT -> ErrorCode.EXECUTION_TIMEOUT;
    };
  }

  private static ExecutionEvent failed(ErrorCode code, String name, String reason) {
    return new ExecutionEvent.Failed(code, name, reason, List.of(name + ": " + reason));
  }
}
