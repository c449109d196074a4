package io.execd.application.code;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.execd.application.command.CommandLimits;
import io.execd.application.command.CommandPorts;
import io.execd.application.command.CommandService;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.CodeRequest.Target;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.FakeKernel;
import io.execd.domain.code.FakeKernels;
import io.execd.domain.code.Language;
import io.execd.domain.command.FakeEnvironment;
import io.execd.domain.command.FakeProcessLauncher;
import io.execd.domain.stream.BufferBudget;
import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A code service over kernels and processes in memory. */
final class CodeHarness implements AutoCloseable {
  static final Language PYTHON = new Language("python");

  private final FakeKernels kernels = new FakeKernels();
  private final FakeKernels databases = new FakeKernels();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  private final BufferBudget budget = new BufferBudget(1 << 24);
  private final CommandService commands;
  private final CodeService service;

  CodeHarness() {
    Map<String, String> variables = Map.of("HOME", "/root");
    commands =
        new CommandService(
            new CommandPorts(
                new FakeProcessLauncher(),
                new FakeEnvironment(variables),
                uid -> Optional.empty(),
                timer,
                clock),
            CommandLimits.retaining(Duration.ofHours(1), 10, 1 << 20),
            budget);
    service =
        new CodeService(
            new CodePorts(
                kernels,
                databases,
                commands,
                new FakeEnvironment(variables),
                new CodePorts.Clock(clock, timer)),
            budget);
  }

  CodeService service() {
    return service;
  }

  FakeKernels kernels() {
    return kernels;
  }

  FakeKernels databases() {
    return databases;
  }

  FakeKernel last() {
    return kernels.last();
  }

  ContextId python() {
    return service.create(PYTHON, Optional.empty()).id();
  }

  static CodeRequest in(ContextId id, String code) {
    return request(code, new Target(Optional.of(id), Optional.empty(), Optional.empty()));
  }

  static CodeRequest in(ContextId id, String code, Duration timeout) {
    Target target = new Target(Optional.of(id), Optional.empty(), Optional.empty());
    return new CodeRequest(code, target, Optional.of(timeout));
  }

  static CodeRequest by(String language, String code) {
    return request(
        code, new Target(Optional.empty(), Optional.of(new Language(language)), Optional.empty()));
  }

  static CodeRequest nowhere(String code) {
    return request(code, new Target(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static CodeRequest request(String code, Target target) {
    return new CodeRequest(code, target, Optional.empty());
  }

  List<ExecutionEvent> run(CodeRequest request) {
    return drain(service.run(request));
  }

  /** All events up to the terminal one. */
  static List<ExecutionEvent> drain(EventReader reader) {
    List<ExecutionEvent> events = new ArrayList<>();
    try (reader) {
      while (events.isEmpty() || !events.getLast().terminal()) {
        List<StreamEvent> batch = reader.take(10, SECONDS);
        if (batch.isEmpty()) {
          throw new AssertionError("no end after " + events);
        }
        batch.forEach(entry -> events.add(entry.event()));
      }
      return events;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    service.close();
    commands.close();
    timer.shutdownNow();
  }
}
