package io.execd.application.code;

import io.execd.domain.Failure;
import io.execd.domain.code.CodeContext;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.ContextState;
import io.execd.domain.code.ContextState.Action;
import io.execd.domain.code.ContextState.Event;
import io.execd.domain.code.ContextState.Step;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One context from its kernel's start on: holds its {@link ContextState} and performs the actions
 * of its steps. Thread-safe; no action runs under the lock.
 */
final class LiveContext {
  private final CodeContext description;
  private final Kernel kernel;
  private final CodeRuntime runtime;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private ContextState state = new ContextState.Idle();
  private @Nullable CodeRun current;
  private @Nullable Future<?> deadline;

  /** What one event brought about. */
  private record Turn(ContextState before, Event event, Step step, @Nullable CodeRun run) {}

  LiveContext(CodeContext description, Kernel kernel, CodeRuntime runtime) {
    this.description = description;
    this.kernel = kernel;
    this.runtime = runtime;
  }

  CodeContext description() {
    return description;
  }

  ContextId id() {
    return description.id();
  }

  /** Whether there may still be something to run in. */
  boolean alive() {
    kernel
        .lost()
        .ifPresent(reason -> perform(on(new Event.KernelEnded(new KernelEnd.Died(reason, true)))));
    lock.lock();
    try {
      return !(state instanceof ContextState.Gone);
    } finally {
      lock.unlock();
    }
  }

  /** Runs code, or refuses; blocks while the kernel's connection is made anew. */
  EventReader run(CodeRequest request) {
    CodeRun run = new CodeRun(this, runtime.budget(), runtime.clock().wall());
    EventReader reader = run.open();
    try {
      begin(run);
      kernel.execute(request.code(), run);
    } catch (RuntimeException refused) {
      notBegun(run, refused);
      reader.close();
      throw refused;
    }
    request
        .timeout()
        .ifPresent(timeout -> arm(run, new Event.StopWanted(StopCause.TIMEOUT), timeout));
    return reader;
  }

  /** Asks the code that runs to end. */
  void interrupt() {
    perform(on(new Event.StopWanted(StopCause.INTERRUPT)));
  }

  /** The same, if it is this run that runs. */
  void stop(CodeRun run, StopCause cause) {
    ifCurrent(run, new Event.StopWanted(cause));
  }

  void ended(CodeRun run, KernelEnd end) {
    ifCurrent(run, new Event.KernelEnded(end));
    closeAfterOnlyRun();
  }

  void resume() {
    kernel.resume();
  }

  /** Ends the kernel. Blocks, for seconds at most; the second call finds nothing to do. */
  void close(String reason) {
    perform(on(new Event.CloseWanted(reason)));
  }

  private void begin(CodeRun run) {
    lock.lock();
    try {
      Step step = state.on(new Event.RunWanted());
      state = step.next();
      refuse(step);
      current = run;
    } finally {
      lock.unlock();
    }
  }

  private void refuse(Step step) {
    if (step.action() == Action.REFUSE_BUSY) {
      throw new Failure(Failure.Code.BUSY, "session is busy");
    } else if (step.next() instanceof ContextState.Gone(String reason)) {
      throw new Failure(
          Failure.Code.CONTEXT_NOT_FOUND, "the context '" + id().value() + "' is gone: " + reason);
    }
  }

  private void notBegun(CodeRun run, RuntimeException refused) {
    boolean gone =
        refused instanceof Failure failure && failure.code() == Failure.Code.CONTEXT_NOT_FOUND;
    String reason = String.valueOf(refused.getMessage());
    ifCurrent(run, new Event.KernelEnded(new KernelEnd.Died(reason, gone)));
    closeAfterOnlyRun();
  }

  /** What has no contexts that callers manage is there for one execution. */
  private void closeAfterOnlyRun() {
    if (!description.language().hasContexts()) {
      close("its only execution is over");
    }
  }

  private void ifCurrent(CodeRun run, Event event) {
    Turn turn;
    lock.lock();
    try {
      if (current != run) {
        return;
      }
      turn = on(event);
    } finally {
      lock.unlock();
    }
    perform(turn);
  }

  private Turn on(Event event) {
    lock.lock();
    try {
      Turn turn = new Turn(state, event, state.on(event), current);
      state = turn.step().next();
      settle();
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    boolean over = state instanceof ContextState.Idle || state instanceof ContextState.Gone;
    if (over) {
      current = null;
    }
    if (deadline != null && (over || state instanceof ContextState.Stuck)) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void perform(Turn turn) {
    switch (turn.step().action()) {
      case NONE, EXECUTE, REFUSE_BUSY, REFUSE_GONE -> {}
      case INTERRUPT -> interruptKernel(turn);
      case CONCLUDE, GIVE_UP -> conclude(turn);
      case CLOSE -> closeKernel(turn);
    }
    if (turn.step().next() instanceof ContextState.Gone(String reason)) {
      runtime.onGone().accept(this, reason);
    }
  }

  private void interruptKernel(Turn turn) {
    boolean mayGiveUp =
        turn.step().next() instanceof ContextState.Stopping(StopCause cause)
            && cause != StopCause.INTERRUPT;
    if (turn.run() != null && mayGiveUp) {
      arm(turn.run(), new Event.PatienceOver(), CodeLimits.PATIENCE);
    }
    CompletableFuture<Void> told = kernel.interrupt();
    if (turn.event().equals(new Event.StopWanted(StopCause.INTERRUPT))) {
      await(told);
    } else {
      var _ =
          told.whenComplete((_, failed) -> {
            if (failed != null) { // there is no caller who could be told
              CodeLog.notInterrupted(description, failed);
            }
          });
    }
  }

  private static void await(CompletableFuture<Void> told) {
    try {
      told.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Failure failure) {
        throw new Failure(failure.code(), String.valueOf(failure.getMessage()), failure);
      }
      throw failed;
    }
  }

  private void conclude(Turn turn) {
    Optional<StopCause> stop =
        turn.before() instanceof ContextState.Stopping(StopCause cause)
            ? Optional.of(cause)
            : Optional.empty();
    if (turn.event() instanceof Event.KernelEnded(KernelEnd end)) {
      say(turn, run -> CodeConclusion.of(end, stop, run.elapsed()));
    } else {
      stop.ifPresent(cause -> say(turn, run -> CodeConclusion.ofIgnored(cause)));
    }
  }

  /** The stream first: whoever reads it should not wait for the kernel. */
  private void closeKernel(Turn turn) {
    if (turn.step().next() instanceof ContextState.Gone(String reason)) {
      say(turn, run -> CodeConclusion.ofClosed(reason));
    }
    kernel.close();
  }

  private void say(Turn turn, Function<CodeRun, ExecutionEvent> last) {
    CodeRun run = turn.run();
    if (run != null) {
      ExecutionEvent event = last.apply(run);
      run.conclude(event);
      CodeLog.write(description, event, run.elapsed());
    }
  }

  private void arm(CodeRun run, Event event, Duration delay) {
    lock.lock();
    try {
      if (current == run) {
        if (deadline != null) {
          deadline.cancel(false);
        }
        deadline =
            runtime
                .clock()
                .timer()
                .schedule(
                    () -> ifCurrent(run, event),
                    TimeUnit.NANOSECONDS.convert(delay), // 292 years at most
                    TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }
}
