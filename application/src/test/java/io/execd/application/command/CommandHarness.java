package io.execd.application.command;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.execd.domain.command.Account;
import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.FakeEnvironment;
import io.execd.domain.command.FakeProcess;
import io.execd.domain.command.FakeProcessLauncher;
import io.execd.domain.command.Program;
import io.execd.domain.stream.BufferBudget;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.ExecutionEvent.Output;
import io.execd.domain.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A command service over processes in memory and a clock that the test moves. */
final class CommandHarness implements AutoCloseable {
  private final FakeProcessLauncher launcher = new FakeProcessLauncher();
  private final BufferBudget budget = new BufferBudget(1 << 24);
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Map<String, String> environment = new HashMap<>();
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final CommandService service;

  CommandHarness() {
    this(CommandLimits.retaining(Duration.ofHours(24), 100, 1 << 20));
  }

  CommandHarness(CommandLimits limits) {
    timer.setRemoveOnCancelPolicy(true);
    environment.put("HOME", "/root");
    CommandPorts ports =
        new CommandPorts(
            launcher,
            new FakeEnvironment(environment),
            uid -> uid == 1000 ? Optional.of(jo()) : Optional.empty(),
            timer,
            () -> now);
    service = new CommandService(ports, limits, budget);
  }

  private static Account jo() {
    return new Account(1000, 1001, "jo", "/home/jo", List.of(27L, 44L));
  }

  CommandService service() {
    return service;
  }

  FakeProcessLauncher launcher() {
    return launcher;
  }

  FakeProcess last() {
    return launcher.last();
  }

  long heldBytes() {
    return budget.heldBytes();
  }

  int pendingTimers() {
    return timer.getQueue().size();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  static CommandRequest script(String text) {
    return request(new Program.Script(text), Optional.empty());
  }

  static CommandRequest script(String text, Duration timeout) {
    return request(new Program.Script(text), Optional.of(timeout));
  }

  private static CommandRequest request(Program program, Optional<Duration> timeout) {
    return new CommandRequest(program, Optional.empty(), timeout, Optional.empty(), Map.of());
  }

  /** All events up to the terminal one. */
  static List<ExecutionEvent> drain(CommandExecution execution) {
    List<ExecutionEvent> events = new ArrayList<>();
    while (events.isEmpty() || !events.getLast().terminal()) {
      List<StreamEvent> batch = take(execution);
      if (batch.isEmpty()) {
        throw new AssertionError("no end after " + events);
      }
      batch.forEach(entry -> events.add(entry.event()));
    }
    execution.events().close();
    return events;
  }

  private static List<StreamEvent> take(CommandExecution execution) {
    try {
      return execution.events().take(10, SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String text(List<ExecutionEvent> events) {
    StringBuilder text = new StringBuilder();
    for (ExecutionEvent event : events) {
      if (event instanceof Output(var _, byte[] bytes)) {
        text.append(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    service.close();
    timer.shutdownNow();
  }
}
