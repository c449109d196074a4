package io.execd.application.command;

import io.execd.domain.Failure;
import io.execd.domain.command.CommandId;
import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.CommandStatus;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.command.OutputLog;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessLauncher;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.BufferBudget;
import io.execd.domain.stream.EventReader;
import java.io.IOException;

/** Runs commands on this machine. Its owner closes it, before the launcher it uses. */
public final class CommandService implements Commands, AutoCloseable {
  private final ProcessLauncher launcher;
  private final CommandPreparation preparation;
  private final CommandRegistry registry;
  private final CommandRuntime runtime;
  private volatile boolean closing;

  public CommandService(CommandPorts ports, CommandLimits limits, BufferBudget budget) {
    launcher = ports.launcher();
    preparation = new CommandPreparation(ports.environment(), ports.accounts());
    registry = new CommandRegistry(limits, ports.clock());
    runtime = new CommandRuntime(limits, budget, ports.clock(), ports.timer(), this::over);
  }

  @Override
  public CommandExecution run(CommandRequest request) {
    return launch(request, OutputRoute.OBSERVER);
  }

  @Override
  public CommandExecution start(CommandRequest request) {
    return launch(request, OutputRoute.LOG);
  }

  @Override
  public void interrupt(CommandId id) {
    boolean stopping = registry.find(id).filter(run -> run.stop(StopCause.INTERRUPT)).isPresent();
    if (!stopping) {
      throw new Failure(
          Failure.Code.RUNTIME_ERROR, "no running command has the id '" + id.value() + "'");
    }
  }

  @Override
  public CommandStatus status(CommandId id) {
    return known(id).status();
  }

  @Override
  public LogSlice logs(CommandId id, long cursor) {
    CommandRun run = known(id);
    OutputLog log = run.log().orElseThrow(() -> withoutLog(run));
    boolean over = run.status().outcome().isPresent();
    try {
      return over ? LogSlice.rest(log, cursor) : LogSlice.wholeCharacters(log, cursor);
    } catch (IOException unreadable) {
      throw new Failure(Failure.Code.RUNTIME_ERROR, "the log cannot be read", unreadable);
    }
  }

  /**
   * Starts nothing new, ends everything that runs, waits for it (at most the grace time and a
   * little), and gives the logs back.
   */
  @Override
  public void close() {
    closing = true;
    registry.running().forEach(run -> run.stop(StopCause.SHUTDOWN));
    try {
      registry.awaitIdle(runtime.limits().killGrace().plusSeconds(2));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    registry.clear();
  }

  private CommandExecution launch(CommandRequest request, OutputRoute route) {
    LaunchSpec spec = preparation.prepare(request);
    CommandRun run = new CommandRun(request.program().display(), route, runtime);
    registry.add(run);
    if (closing) {
      registry.remove(run);
      throw new Failure(Failure.Code.NOT_READY, "the daemon is stopping");
    }
    EventReader events = run.open();
    switch (launcher.launch(spec, route, run)) {
      case Launched launched -> run.launched(launched, request.timeout());
      case Refused refused -> refuse(run, events, refused);
    }
    return new CommandExecution(run.id(), events);
  }

  /** What the caller could have known is a failed request; the rest is a command that failed. */
  private void refuse(CommandRun run, EventReader events, Refused refused) {
    if (refused.stage() == LaunchStage.DIRECTORY || refused.stage() == LaunchStage.IDENTITY) {
      registry.remove(run);
      events.close();
      throw rejection(refused);
    }
    run.refused(refused.reason());
  }

  private static Failure rejection(Refused refused) {
    String field = refused.stage() == LaunchStage.DIRECTORY ? "cwd" : "uid";
    String message = field + ": " + refused.subject() + ": " + refused.error().text();
    return switch (refused.error().name()) {
      case "ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG" ->
          new Failure(Failure.Code.INVALID_REQUEST, message);
      case "EACCES", "EPERM" -> new Failure(Failure.Code.PERMISSION_DENIED, message);
      case "ENOSYS" -> new Failure(Failure.Code.NOT_SUPPORTED, message);
      default -> new Failure(Failure.Code.RUNTIME_ERROR, message);
    };
  }

  private CommandRun known(CommandId id) {
    return registry
        .find(id)
        .orElseThrow(() ->
            new Failure(
                Failure.Code.COMMAND_NOT_FOUND, "no command has the id '" + id.value() + "'"));
  }

  private static Failure withoutLog(CommandRun run) {
    String name = "the command '" + run.id().value() + "'";
    return run.route() == OutputRoute.LOG
        ? new Failure(Failure.Code.COMMAND_NOT_FOUND, name + " has no log, or one no longer kept")
        : new Failure(
            Failure.Code.INVALID_REQUEST, name + " does not run in the background and has no log");
  }

  private void over(CommandRun run) {
    registry.over(run);
    ExecutionLog.write(run);
  }
}
