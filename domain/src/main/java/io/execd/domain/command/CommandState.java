package io.execd.domain.command;

import io.execd.domain.command.CommandOutcome.Ended;
import io.execd.domain.command.CommandOutcome.NotStarted;
import io.execd.domain.command.CommandOutcome.Stopped;

/**
 * The life of a command as a total state machine: {@link #on} answers every event in every state.
 * States are values; whoever holds one replaces it under a lock and performs the action after it.
 */
public sealed interface CommandState {

  /** Registered under its id; no process yet. */
  record Starting() implements CommandState {}

  /** Its process runs. */
  record Running() implements CommandState {}

  /** It is to end, for the first cause that came; its process may not even have started. */
  record Stopping(StopCause cause) implements CommandState {
    private Step whileStopping(Event event) {
      return switch (event) {
        case Event.Launched _ -> new Step(this, actionFor(cause));
        case Event.LaunchRefused(String reason) -> over(new NotStarted(reason));
        case Event.StopWanted(StopCause later) -> new Step(this, actionFor(later));
        case Event.ProcessExited(ExitStatus status) -> over(new Stopped(cause, status));
      };
    }
  }

  /** It is over, for good. */
  record Over(CommandOutcome outcome) implements CommandState {
    private Step afterEnd(Event event) {
      return switch (event) {
        case Event.StopWanted(StopCause cause) when cause == StopCause.INTERRUPT ->
            new Step(this, Action.REFUSE);
        case Event.Launched _, Event.LaunchRefused _, Event.StopWanted _, Event.ProcessExited _ ->
            new Step(this, Action.NONE);
      };
    }
  }

  /** What can happen to a command. */
  sealed interface Event {
    /** The launcher has started the process. */
    record Launched() implements Event {}

    /** The launcher could not. */
    record LaunchRefused(String reason) implements Event {}

    /** Somebody wants it to end. */
    record StopWanted(StopCause cause) implements Event {}

    /** The process has ended; on the launcher's thread this can come before {@link Launched}. */
    record ProcessExited(ExitStatus status) implements Event {}
  }

  /** What is to be done after a step. */
  enum Action {
    NONE,
    /** Ask the process to end, then kill it. */
    TERMINATE,
    /** Kill the process at once. */
    KILL,
    /** Tell everybody the outcome. */
    CONCLUDE,
    /** Tell the caller that the command does not run any more. */
    REFUSE
  }

  /** The next state, and what to do. */
  record Step(CommandState next, Action action) {}

  /** The answer to an event; never null, no side effects. */
  default Step on(Event event) {
    return switch (this) {
      case Starting _ -> whileStarting(event);
      case Running _ -> whileRunning(event);
      case Stopping stopping -> stopping.whileStopping(event);
      case Over over -> over.afterEnd(event);
    };
  }

  private Step whileStarting(Event event) {
    return switch (event) {
      case Event.Launched _ -> new Step(new Running(), Action.NONE);
      case Event.LaunchRefused(String reason) -> over(new NotStarted(reason));
      case Event.StopWanted(StopCause cause) -> new Step(new Stopping(cause), Action.NONE);
      case Event.ProcessExited(ExitStatus status) -> over(new Ended(status));
    };
  }

  private Step whileRunning(Event event) {
    return switch (event) {
      case Event.Launched _, Event.LaunchRefused _ -> new Step(this, Action.NONE);
      case Event.StopWanted(StopCause cause) -> new Step(new Stopping(cause), actionFor(cause));
      case Event.ProcessExited(ExitStatus status) -> over(new Ended(status));
    };
  }

  private static Step over(CommandOutcome outcome) {
    return new Step(new Over(outcome), Action.CONCLUDE);
  }

  /** An interrupt and a shutdown leave time to tidy up; nobody waits for the others. */
  private static Action actionFor(StopCause cause) {
    return switch (cause) {
      case INTERRUPT, SHUTDOWN -> Action.TERMINATE;
      case TIMEOUT, CLIENT_GONE -> Action.KILL;
    };
  }
}
