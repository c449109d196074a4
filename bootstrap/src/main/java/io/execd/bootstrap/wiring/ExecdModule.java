package io.execd.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.execd.application.InterruptService;
import io.execd.application.Interrupts;
import io.execd.application.code.CodeContexts;
import io.execd.application.code.CodePorts;
import io.execd.application.code.CodeService;
import io.execd.application.command.CommandLimits;
import io.execd.application.command.CommandPorts;
import io.execd.application.command.CommandService;
import io.execd.application.command.Commands;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.logging.Logging;
import io.execd.bootstrap.settings.Settings;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.file.FileAccess;
import io.execd.domain.stream.BufferBudget;
import io.execd.http.Api;
import io.execd.http.code.CodeResource;
import io.execd.http.command.CommandResource;
import io.execd.http.file.FileResource;
import io.execd.http.file.InfoRoute;
import io.execd.http.server.ExecdServer;
import io.execd.jupyter.code.LazyKernels;
import io.execd.jupyter.server.JupyterPort;
import io.execd.jupyter.sql.SandboxDatabase;
import io.execd.os.command.DaemonEnvironment;
import io.execd.os.command.FileAccounts;
import io.execd.os.command.Launchers;
import io.execd.os.command.MachineLauncher;
import io.execd.os.command.OwnAccounts;
import io.execd.os.file.FileAccesses;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Who is given what. */
final class ExecdModule extends AbstractModule {
  /** What the output of all executions may take in memory: an eighth of the default heap. */
  private static final long BUFFER_BYTES = 8L << 20;

  /** Where the database of a sandbox listens. */
  private static final String DATABASE = "127.0.0.1:3306";

  private final Settings settings;
  private final ExecdServer server;

  ExecdModule(Settings settings, ExecdServer server) {
    this.settings = settings;
    this.server = server;
  }

  /** In the order in which they start; they stop the other way round. */
  @Provides
  @Singleton
  Lifecycle lifecycle(
      MachineLauncher launcher,
      ScheduledThreadPoolExecutor timer,
      CommandService commands,
      CodeService code,
      JupyterChoice jupyter,
      LazyFiles files,
      Routes routes) {
    return new Lifecycle(
        List.of(
            Parts.timer(timer),
            Parts.heap(timer),
            Parts.launcher(launcher),
            Parts.connections(server),
            jupyter.part(),
            Parts.commands(commands),
            Parts.code(code),
            Parts.requests(server, routes, settings.server().gracefulShutdown()),
            Parts.files(files)));
  }

  @Provides
  @Singleton
  ScheduledThreadPoolExecutor timer() {
    return new SharedTimer();
  }

  @Provides
  @Singleton
  MachineLauncher launcher() {
    return Launchers.forThisMachine(Logging::reopen);
  }

  @Provides
  @Singleton
  FileAccess fileAccess() {
    return FileAccesses.forThisMachine();
  }

  @Provides
  @Singleton
  EnvironmentSource environment(JupyterChoice jupyter, FileAccess files) {
    return new JupyterPort(new DaemonEnvironment(files), () -> jupyter.port(server::port));
  }

  @Provides
  @Singleton
  CommandService commandService(
      MachineLauncher launcher,
      EnvironmentSource environment,
      ScheduledThreadPoolExecutor timer,
      BufferBudget budget) {
    Settings.Commands chosen = settings.commands();
    return new CommandService(
        new CommandPorts(
            launcher,
            environment,
            new OwnAccounts(new FileAccounts(), System.getenv()),
            timer,
            InstantSource.system()),
        CommandLimits.retaining(chosen.retention(), chosen.maxRecords(), chosen.maxLogBytes()),
        budget);
  }

  @Provides
  @Singleton
  BufferBudget budget() {
    return new BufferBudget(BUFFER_BYTES);
  }

  @Provides
  Commands commands(CommandService service) {
    return service;
  }

  @Provides
  @Singleton
  JupyterChoice jupyter(
      MachineLauncher launcher, ScheduledThreadPoolExecutor timer, FileAccess files) {
    return new JupyterChoice(settings.jupyter(), launcher, new DaemonEnvironment(files), timer);
  }

  @Provides
  @Singleton
  CodeService codeService(
      Commands commands,
      EnvironmentSource environment,
      ScheduledThreadPoolExecutor timer,
      JupyterChoice jupyter,
      BufferBudget budget) {
    return new CodeService(
        new CodePorts(
            new LazyKernels(jupyter::kernels),
            new LazyKernels(() -> new SandboxDatabase(DATABASE)),
            commands,
            environment,
            new CodePorts.Clock(InstantSource.system(), timer)),
        budget);
  }

  @Provides
  CodeContexts codeContexts(CodeService service) {
    return service;
  }

  @Provides
  Interrupts interrupts(CodeContexts contexts, Commands commands) {
    return new InterruptService(contexts, commands);
  }

  @Provides
  @Singleton
  LazyFiles files(ScheduledThreadPoolExecutor timer, FileAccess access) {
    return new LazyFiles(DaemonEnvironment.own(), access, timer);
  }

  @Provides
  @Singleton
  FileResource fileResource(LazyFiles files) {
    return new FileResource(files::service);
  }

  @Provides
  @Singleton
  CodeResource codeResource(CodeContexts contexts, Interrupts interrupts) {
    return new CodeResource(contexts, interrupts);
  }

  @Provides
  @Singleton
  CommandResource commandResource(Commands commands, Interrupts interrupts) {
    return new CommandResource(commands, interrupts);
  }

  @Provides
  @Singleton
  Routes routes(
      CommandResource commands, CodeResource code, FileResource resource, LazyFiles files) {
    return new Routes(
        Api.resources(commands, code, resource), List.of(new InfoRoute(files::service)));
  }
}
