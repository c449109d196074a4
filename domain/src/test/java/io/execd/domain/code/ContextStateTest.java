package io.execd.domain.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.code.ContextState.Action;
import io.execd.domain.code.ContextState.Event;
import io.execd.domain.code.ContextState.Event.CloseWanted;
import io.execd.domain.code.ContextState.Event.KernelEnded;
import io.execd.domain.code.ContextState.Event.PatienceOver;
import io.execd.domain.code.ContextState.Event.RunWanted;
import io.execd.domain.code.ContextState.Event.StopWanted;
import io.execd.domain.code.ContextState.Gone;
import io.execd.domain.code.ContextState.Idle;
import io.execd.domain.code.ContextState.Running;
import io.execd.domain.code.ContextState.Step;
import io.execd.domain.code.ContextState.Stopping;
import io.execd.domain.code.ContextState.Stuck;
import io.execd.domain.command.StopCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the whole table: every state answers every event. */
class ContextStateTest {
  private static final ContextState IDLE = new Idle();
  private static final ContextState RUNNING = new Running();
  private static final ContextState STUCK = new Stuck();
  private static final ContextState GONE = new Gone("gone");
  private static final Event RUN = new RunWanted();
  private static final Event PATIENCE = new PatienceOver();
  private static final Event CLOSE = new CloseWanted("closed");
  private static final List<KernelEnd> HARMLESS =
      List.of(
          new KernelEnd.Finished(),
          new KernelEnd.Raised("E", "v", List.of()),
          new KernelEnd.Died("died", false));
  private static final KernelEnd FATAL = new KernelEnd.Died("died", true);

  private final Map<Cell, Step> table = new HashMap<>();

  private record Cell(ContextState state, Event event) {}

  ContextStateTest() {
    row(IDLE, RUN, RUNNING, Action.EXECUTE);
    row(RUNNING, RUN, RUNNING, Action.REFUSE_BUSY);
    row(STUCK, RUN, STUCK, Action.REFUSE_BUSY);
    row(GONE, RUN, GONE, Action.REFUSE_GONE);
    Stream.of(IDLE, RUNNING, STUCK, GONE)
        .forEach(state -> row(state, PATIENCE, state, Action.NONE));
    Stream.of(IDLE, RUNNING, STUCK)
        .forEach(state -> row(state, CLOSE, new Gone("closed"), Action.CLOSE));
    row(GONE, CLOSE, GONE, Action.REFUSE_GONE);
    endRows(IDLE, Action.NONE);
    endRows(RUNNING, Action.CONCLUDE);
    endRows(STUCK, Action.NONE);
    Stream.concat(HARMLESS.stream(), Stream.of(FATAL))
        .forEach(end -> row(GONE, new KernelEnded(end), GONE, Action.NONE));
    Stream.of(StopCause.values()).forEach(this::stopRows);
  }

  private void endRows(ContextState state, Action action) {
    HARMLESS.forEach(end -> row(state, new KernelEnded(end), IDLE, action));
    row(state, new KernelEnded(FATAL), new Gone("died"), action);
  }

  private void stopRows(StopCause cause) {
    ContextState stopping = new Stopping(cause);
    row(IDLE, new StopWanted(cause), IDLE, Action.NONE);
    row(RUNNING, new StopWanted(cause), stopping, Action.INTERRUPT);
    row(STUCK, new StopWanted(cause), STUCK, Action.INTERRUPT);
    row(GONE, new StopWanted(cause), GONE, Action.NONE);
    row(stopping, RUN, stopping, Action.REFUSE_BUSY);
    row(stopping, CLOSE, new Gone("closed"), Action.CLOSE);
    boolean patient = cause == StopCause.INTERRUPT;
    row(stopping, PATIENCE, patient ? stopping : STUCK, patient ? Action.NONE : Action.GIVE_UP);
    endRows(stopping, Action.CONCLUDE);
    for (StopCause later : StopCause.values()) {
      row(
          stopping,
          new StopWanted(later),
          patient ? new Stopping(later) : stopping,
          Action.INTERRUPT);
    }
  }

  private void row(ContextState state, Event event, ContextState next, Action action) {
    table.put(new Cell(state, event), new Step(next, action));
  }

  @Test
  void everyStateAnswersEveryEvent() {
    List<ContextState> states = new ArrayList<>(List.of(IDLE, RUNNING, STUCK, GONE));
    Stream.of(StopCause.values()).map(Stopping::new).forEach(states::add);
    List<Event> events = new ArrayList<>(List.of(RUN, PATIENCE, CLOSE, new KernelEnded(FATAL)));
    HARMLESS.stream().map(KernelEnded::new).forEach(events::add);
    Stream.of(StopCause.values()).map(StopWanted::new).forEach(events::add);
    for (ContextState state : states) {
      for (Event event : events) {
        assertThat(state.on(event))
            .as(state + " on " + event)
            .isEqualTo(table.get(new Cell(state, event)));
      }
    }
    assertThat(table).hasSize(states.size() * events.size());
  }
}
