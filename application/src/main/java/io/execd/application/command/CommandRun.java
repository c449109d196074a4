package io.execd.application.command;

import io.execd.domain.command.CommandId;
import io.execd.domain.command.CommandOutcome;
import io.execd.domain.command.CommandState;
import io.execd.domain.command.CommandState.Action;
import io.execd.domain.command.CommandState.Event;
import io.execd.domain.command.CommandState.Step;
import io.execd.domain.command.CommandStatus;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.OutputLog;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.command.RunningProcess;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.EventBuffer;
import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.OutputSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One command from its registration on: holds its {@link CommandState}, performs the actions of its
 * steps, and stands between the process and the event buffer. Thread-safe; no action runs under the
 * lock.
 */
final class CommandRun implements ProcessObserver, EventBuffer.Listener {
  private final CommandId id = CommandId.random();
  private final String content;
  private final OutputRoute route;
  private final CommandRuntime runtime;
  private final EventBuffer events;
  private final Instant startedAt;
  private final long startedNanos = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private CommandState state = new CommandState.Starting();
  private boolean launchReturned;
  private @Nullable RunningProcess process;
  private @Nullable OutputLog log;
  private @Nullable Future<?> deadline;
  private @Nullable Instant finishedAt;

  CommandRun(String content, OutputRoute route, CommandRuntime runtime) {
    this.content = shorten(content);
    this.route = route;
    this.runtime = runtime;
    this.startedAt = runtime.clock().instant();
    this.events =
        new EventBuffer(runtime.limits().stream(), runtime.budget(), runtime.clock(), this);
  }

  /** What is remembered of a very long command: memory is bounded. */
  private static String shorten(String content) {
    int surplus = content.length() - CommandLimits.CONTENT_CHARS;
    return surplus <= 0
        ? content
        : content.substring(0, CommandLimits.CONTENT_CHARS)
            + "… (%d more characters)".formatted(surplus);
  }

  CommandId id() {
    return id;
  }

  String content() {
    return content;
  }

  OutputRoute route() {
    return route;
  }

  /** Opens the owner's reader, whose first event is the id. */
  EventReader open() {
    EventReader reader = events.own();
    events.append(new ExecutionEvent.Init(id.value()));
    return reader;
  }

  /** The process runs, and must not run longer than the timeout. */
  void launched(LaunchResult.Launched launched, Optional<Duration> timeout) {
    boolean over;
    lock.lock();
    try {
      launchReturned = true;
      log = launched.log().orElse(null);
      over = state instanceof CommandState.Over;
      if (!over) {
        process = launched.process();
        deadline = timeout.map(this::arm).orElse(null);
      }
    } finally {
      lock.unlock();
    }
    announceLaunch(over);
  }

  private void announceLaunch(boolean over) {
    if (over) {
      runtime.onOver().accept(this);
    }
    on(new Event.Launched());
    if (route == OutputRoute.LOG) {
      events.append(new ExecutionEvent.Completed(elapsed()));
    }
  }

  /** There will be no process. */
  void refused(String reason) {
    lock.lock();
    try {
      launchReturned = true;
    } finally {
      lock.unlock();
    }
    on(new Event.LaunchRefused(reason));
  }

  /** Wants the command to end; false when it has ended already. */
  boolean stop(StopCause cause) {
    return on(new Event.StopWanted(cause)) != Action.REFUSE;
  }

  CommandStatus status() {
    lock.lock();
    try {
      Optional<CommandOutcome> outcome =
          state instanceof CommandState.Over(CommandOutcome end)
              ? Optional.of(end)
              : Optional.empty();
      return new CommandStatus(id, content, startedAt, outcome, Optional.ofNullable(finishedAt));
    } finally {
      lock.unlock();
    }
  }

  /** The log, for a background command that was started, as long as it is kept. */
  Optional<OutputLog> log() {
    lock.lock();
    try {
      return Optional.ofNullable(log);
    } finally {
      lock.unlock();
    }
  }

  /** Gives the log's space back; the rest is still known. */
  void forgetLog() {
    OutputLog forgotten;
    lock.lock();
    try {
      forgotten = log;
      log = null;
    } finally {
      lock.unlock();
    }
    if (forgotten != null) {
      forgotten.close();
    }
  }

  @Override
  public int room() {
    return events.room();
  }

  @Override
  public void output(OutputSource source, byte[] bytes) {
    events.append(new ExecutionEvent.Output(source, bytes));
  }

  @Override
  public void exited(ExitStatus status) {
    on(new Event.ProcessExited(status));
  }

  @Override
  public void roomAgain() {
    running().ifPresent(RunningProcess::resumeOutput);
  }

  @Override
  public void ownerGone() {
    if (route == OutputRoute.OBSERVER) {
      stop(StopCause.CLIENT_GONE);
    }
  }

  private Action on(Event event) {
    Step step;
    RunningProcess target;
    boolean announce;
    lock.lock();
    try {
      step = state.on(event);
      state = step.next();
      target = process;
      announce = step.action() == Action.CONCLUDE && launchReturned;
      settle();
    } finally {
      lock.unlock();
    }
    if (announce) {
      runtime.onOver().accept(this);
    }
    perform(step, target);
    return step.action();
  }

  private void settle() {
    if (state instanceof CommandState.Over && finishedAt == null) {
      finishedAt = runtime.clock().instant();
      process = null;
      if (deadline != null) {
        deadline.cancel(false);
      }
    }
  }

  private void perform(Step step, @Nullable RunningProcess target) {
    switch (step.action()) {
      case NONE, REFUSE -> {}
      case TERMINATE -> Objects.requireNonNull(target).terminate(runtime.limits().killGrace());
      case KILL -> Objects.requireNonNull(target).kill();
      case CONCLUDE ->
          events.append(Conclusion.event(((CommandState.Over) step.next()).outcome(), elapsed()));
    }
  }

  private Future<?> arm(Duration timeout) {
    return runtime
        .timer()
        .schedule(
            () -> stop(StopCause.TIMEOUT),
            TimeUnit.NANOSECONDS.convert(timeout), // 292 years at most
            TimeUnit.NANOSECONDS);
  }

  private Optional<RunningProcess> running() {
    lock.lock();
    try {
      return Optional.ofNullable(process);
    } finally {
      lock.unlock();
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
