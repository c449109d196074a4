package io.execd.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.command.CommandOutcome.Ended;
import io.execd.domain.command.CommandOutcome.NotStarted;
import io.execd.domain.command.CommandOutcome.Stopped;
import io.execd.domain.command.CommandState.Action;
import io.execd.domain.command.CommandState.Event;
import io.execd.domain.command.CommandState.Event.LaunchRefused;
import io.execd.domain.command.CommandState.Event.Launched;
import io.execd.domain.command.CommandState.Event.ProcessExited;
import io.execd.domain.command.CommandState.Event.StopWanted;
import io.execd.domain.command.CommandState.Over;
import io.execd.domain.command.CommandState.Running;
import io.execd.domain.command.CommandState.Starting;
import io.execd.domain.command.CommandState.Step;
import io.execd.domain.command.CommandState.Stopping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the whole table: every state answers every event. */
class CommandStateTest {
  private static final ExitStatus ZERO = new ExitStatus.Exited(0);
  private static final ExitStatus KILLED = new ExitStatus.Signaled(9, false, false);
  private static final CommandState STARTING = new Starting();
  private static final CommandState RUNNING = new Running();
  private static final CommandState OVER = new Over(new Ended(ZERO));
  private static final Event LAUNCHED = new Launched();
  private static final Event REFUSED = new LaunchRefused("no");
  private static final Event EXITED = new ProcessExited(KILLED);

  private final Map<Cell, Step> table = new HashMap<>();

  private record Cell(CommandState state, Event event) {}

  CommandStateTest() {
    row(STARTING, LAUNCHED, RUNNING, Action.NONE);
    row(STARTING, REFUSED, new Over(new NotStarted("no")), Action.CONCLUDE);
    row(STARTING, EXITED, new Over(new Ended(KILLED)), Action.CONCLUDE);
    row(RUNNING, LAUNCHED, RUNNING, Action.NONE);
    row(RUNNING, REFUSED, RUNNING, Action.NONE);
    row(RUNNING, EXITED, new Over(new Ended(KILLED)), Action.CONCLUDE);
    row(OVER, LAUNCHED, OVER, Action.NONE);
    row(OVER, REFUSED, OVER, Action.NONE);
    row(OVER, EXITED, OVER, Action.NONE);
    for (StopCause cause : StopCause.values()) {
      stopRows(cause);
    }
  }

  private void stopRows(StopCause cause) {
    CommandState stopping = new Stopping(cause);
    row(STARTING, new StopWanted(cause), stopping, Action.NONE);
    row(RUNNING, new StopWanted(cause), stopping, howToEnd(cause));
    row(
        OVER,
        new StopWanted(cause),
        OVER,
        cause == StopCause.INTERRUPT ? Action.REFUSE : Action.NONE);
    row(stopping, LAUNCHED, stopping, howToEnd(cause));
    row(stopping, REFUSED, new Over(new NotStarted("no")), Action.CONCLUDE);
    row(stopping, EXITED, new Over(new Stopped(cause, KILLED)), Action.CONCLUDE);
    for (StopCause later : StopCause.values()) {
      row(stopping, new StopWanted(later), stopping, howToEnd(later));
    }
  }

  private static Action howToEnd(StopCause cause) {
    return switch (cause) {
      case INTERRUPT, SHUTDOWN -> Action.TERMINATE;
      case TIMEOUT, CLIENT_GONE -> Action.KILL;
    };
  }

  private void row(CommandState state, Event event, CommandState next, Action action) {
    table.put(new Cell(state, event), new Step(next, action));
  }

  @Test
  void everyStateAnswersEveryEvent() {
    List<CommandState> states = new ArrayList<>(List.of(STARTING, RUNNING, OVER));
    Stream.of(StopCause.values()).map(Stopping::new).forEach(states::add);
    List<Event> events = new ArrayList<>(List.of(LAUNCHED, REFUSED, EXITED));
    Stream.of(StopCause.values()).map(StopWanted::new).forEach(events::add);
    for (CommandState state : states) {
      for (Event event : events) {
        assertThat(state.on(event))
            .as("%s on %s", state, event)
            .isEqualTo(table.get(new Cell(state, event)));
      }
    }
  }

  @Test
  void theTableNamesEveryKindOfStateAndEvent() {
    assertThat(table.keySet().stream().<Class<?>>map(cell -> cell.state().getClass()))
        .containsAll(List.of(CommandState.class.getPermittedSubclasses()));
    assertThat(table.keySet().stream().<Class<?>>map(cell -> cell.event().getClass()))
        .containsAll(List.of(Event.class.getPermittedSubclasses()));
  }
}
