package io.execd.domain.code;

import io.execd.domain.command.StopCause;

/**
 * The life of a context as a total state machine: {@link #on} answers every event in every state.
 * States are values; whoever holds one replaces it under a lock and performs the action after it.
 */
public sealed interface ContextState {

  /** Nothing runs. */
  record Idle() implements ContextState {}

  /** Code runs, and its stream is open. */
  record Running() implements ContextState {}

  /** Code runs and was asked to end, for the first cause that came. */
  record Stopping(StopCause cause) implements ContextState {}

  /** Code runs on, ignoring that it was asked to end; its stream is over. */
  record Stuck() implements ContextState {}

  /** The kernel is gone, for good. */
  record Gone(String reason) implements ContextState {}

  /** What can happen to a context. */
  sealed interface Event {
    /** A caller wants code run. */
    record RunWanted() implements Event {}

    /** Somebody wants the code that runs to end. */
    record StopWanted(StopCause cause) implements Event {}

    /** The code had its time to end after it was asked to. */
    record PatienceOver() implements Event {}

    /** The execution is over, or could not begin. */
    record KernelEnded(KernelEnd end) implements Event {}

    /** The kernel is to go. */
    record CloseWanted(String reason) implements Event {}
  }

  /** What is to be done after a step. */
  enum Action {
    NONE,
    /** Give the code to the kernel. */
    EXECUTE,
    /** Tell the caller that something runs already. */
    REFUSE_BUSY,
    /** Tell the caller that there is no such context any more. */
    REFUSE_GONE,
    /** Interrupt the kernel. */
    INTERRUPT,
    /** End the stream as the execution ended. */
    CONCLUDE,
    /** End the stream though the code runs on. */
    GIVE_UP,
    /** End the kernel, and the stream if there is one. */
    CLOSE
  }

  /** The next state, and what to do. */
  record Step(ContextState next, Action action) {}

  /** The answer to an event; never null, no side effects. */
  default Step on(Event event) {
    return switch (this) {
      case Idle _ -> whileIdle(event);
      case Running _ -> whileRunning(event);
      case Stopping(StopCause cause) -> whileStopping(cause, event);
      case Stuck _ -> whileStuck(event);
      case Gone _ -> afterEnd(event);
    };
  }

  private Step whileIdle(Event event) {
    return switch (event) {
      case Event.RunWanted _ -> new Step(new Running(), Action.EXECUTE);
      case Event.StopWanted _, Event.PatienceOver _ -> new Step(this, Action.NONE);
      case Event.KernelEnded(KernelEnd end) -> new Step(after(end), Action.NONE);
      case Event.CloseWanted(String reason) -> new Step(new Gone(reason), Action.CLOSE);
    };
  }

  private Step whileRunning(Event event) {
    return switch (event) {
      case Event.RunWanted _ -> new Step(this, Action.REFUSE_BUSY);
      case Event.StopWanted(StopCause cause) -> new Step(new Stopping(cause), Action.INTERRUPT);
      case Event.PatienceOver _ -> new Step(this, Action.NONE);
      case Event.KernelEnded(KernelEnd end) -> new Step(after(end), Action.CONCLUDE);
      case Event.CloseWanted(String reason) -> new Step(new Gone(reason), Action.CLOSE);
    };
  }

  /** A caller's interrupt may take as long as the code likes; for the others nobody waits. */
  private Step whileStopping(StopCause cause, Event event) {
    return switch (event) {
      case Event.RunWanted _ -> new Step(this, Action.REFUSE_BUSY);
      case Event.StopWanted(StopCause later) -> new Step(stronger(cause, later), Action.INTERRUPT);
      case Event.PatienceOver _ ->
          cause == StopCause.INTERRUPT
              ? new Step(this, Action.NONE)
              : new Step(new Stuck(), Action.GIVE_UP);
      case Event.KernelEnded(KernelEnd end) -> new Step(after(end), Action.CONCLUDE);
      case Event.CloseWanted(String reason) -> new Step(new Gone(reason), Action.CLOSE);
    };
  }

  private Step whileStuck(Event event) {
    return switch (event) {
      case Event.RunWanted _ -> new Step(this, Action.REFUSE_BUSY);
      case Event.StopWanted _ -> new Step(this, Action.INTERRUPT);
      case Event.PatienceOver _ -> new Step(this, Action.NONE);
      case Event.KernelEnded(KernelEnd end) -> new Step(after(end), Action.NONE);
      case Event.CloseWanted(String reason) -> new Step(new Gone(reason), Action.CLOSE);
    };
  }

  private Step afterEnd(Event event) {
    return switch (event) {
      case Event.RunWanted _, Event.CloseWanted _ -> new Step(this, Action.REFUSE_GONE);
      case Event.StopWanted _, Event.PatienceOver _, Event.KernelEnded _ ->
          new Step(this, Action.NONE);
    };
  }

  /** An interrupt that is ignored gives way to a cause with an end to its patience. */
  private static Stopping stronger(StopCause first, StopCause later) {
    return new Stopping(first == StopCause.INTERRUPT ? later : first);
  }

  private static ContextState after(KernelEnd end) {
    return switch (end) {
      case KernelEnd.Finished _, KernelEnd.Raised _, KernelEnd.Lost _ -> new Idle();
      case KernelEnd.Died(String reason, boolean gone) -> gone ? new Gone(reason) : new Idle();
    };
  }
}
