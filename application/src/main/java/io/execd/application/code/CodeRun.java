package io.execd.application.code;

import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.BufferBudget;
import io.execd.domain.stream.EventBuffer;
import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent;
import java.time.Duration;
import java.time.InstantSource;

/** One execution in a context: stands between the kernel and the event buffer. Thread-safe. */
final class CodeRun implements KernelObserver, EventBuffer.Listener {
  private final LiveContext context;
  private final EventBuffer events;
  private final long startedNanos = System.nanoTime();

  CodeRun(LiveContext context, BufferBudget budget, InstantSource clock) {
    this.context = context;
    this.events = new EventBuffer(CodeLimits.STREAM, budget, clock, this);
  }

  /** Opens the owner's reader, whose first event is the id of the context. */
  EventReader open() {
    EventReader reader = events.own();
    events.append(new ExecutionEvent.Init(context.id().value()));
    return reader;
  }

  /** The last event; whatever comes later is dropped. */
  void conclude(ExecutionEvent last) {
    events.append(last);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  @Override
  public int room() {
    return events.room();
  }

  @Override
  public void event(ExecutionEvent event) {
    events.append(event);
  }

  @Override
  public void ended(KernelEnd end) {
    context.ended(this, end);
  }

  @Override
  public void roomAgain() {
    context.resume();
  }

  @Override
  public void ownerGone() {
    context.stop(this, StopCause.CLIENT_GONE);
  }
}
