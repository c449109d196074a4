package io.execd.os.command;

import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.file.Octets;
import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SpawnOutcome.NotSpawned;
import io.execd.os.nativecall.SpawnOutcome.Spawned;
import io.execd.os.nativecall.SpawnRequest;
import io.execd.os.nativecall.SpawnRequest.Descriptors;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts processes through the shim and hands them to the loop that watches them all. */
final class LinuxLauncher implements MachineLauncher {
  /** To have the log file opened anew; the first also comes when a terminal is closed. */
  private static final List<Integer> REOPEN = List.of(Linux.SIGHUP, Linux.SIGUSR1);

  /**
   * ALRM, STKFLT, XCPU, VTALRM, PROF, IO, PWR: by default they end a process, for no reason here.
   */
  private static final List<Integer> DISARMED = List.of(14, 16, 24, 26, 27, 29, 30);

  private final Linux linux;
  private final Spawner spawner;
  private final ProgramResolver programs;
  private final OwnIdentity self = OwnIdentity.read();
  private final LaunchThreads threads = new LaunchThreads();
  private final LogFolder logs = LogFolder.ofDaemon();
  private final ProcessLoop loop;

  LinuxLauncher(Linux linux, Spawner spawner, ProgramResolver programs) throws ErrnoException {
    this.linux = linux;
    this.spawner = spawner;
    this.programs = programs;
    this.loop = new ProcessLoop(linux);
  }

  /** Answers the signals that would end the daemon without a word: two by this action. */
  void answerSignals(Runnable reopenLog) {
    DISARMED.forEach(linux::disarm);
    loop.onSignals(REOPEN, reopenLog);
  }

  @Override
  public LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
    if (loop.closed()) {
      return Refusals.stopping();
    }
    Optional<LaunchResult.Refused> refused = Refusals.ofText(spec);
    return refused.isPresent()
        ? refused.get()
        : threads.call(() -> start(spec, route, new SafeObserver(observer)));
  }

  private LaunchResult start(LaunchSpec spec, OutputRoute route, SafeObserver observer) {
    Invocation program = programs.resolve(spec);
    String mark = ChildEnvironment.newMark();
    try (ChildDescriptors descriptors = new ChildDescriptors(linux, logs)) {
      SpawnRequest request =
          request(
              spec,
              program,
              ChildEnvironment.entries(spec, mark),
              descriptors.open(route, program.script(), spec.identity()));
      return switch (spawner.spawn(request)) {
        case Spawned child -> watch(new ProcessGroup(linux, child, mark), descriptors, observer);
        case NotSpawned failed ->
            Refusals.of(failed.stage(), failed.error(), spec, program.subject());
      };
    } catch (IOException e) {
      return Refusals.resources(e, "a process");
    }
  }

  private SpawnRequest request(
      LaunchSpec spec, Invocation program, List<String> environment, Descriptors descriptors) {
    return new SpawnRequest(
        program.candidates(),
        program.arguments(),
        environment,
        spec.directory().map(path -> Octets.of("cwd", path)),
        spec.identity().filter(who -> !self.is(who)),
        descriptors);
  }

  private LaunchResult watch(
      ProcessGroup group, ChildDescriptors descriptors, SafeObserver observer)
      throws ErrnoException {
    Optional<LinuxProcess> process = loop.watch(group, descriptors.readEnds(), observer);
    return process.isPresent()
        ? new Launched(process.get(), descriptors.keep().map(log -> log))
        : Refusals.stopping();
  }

  /**
   * Runs an empty command: that loads all classes, and the shell into the page cache. Then removes
   * the logs that a killed daemon has left.
   */
  @Override
  public void warmUp() {
    WarmUp.run(this);
    logs.removeLeftovers();
  }

  @Override
  public void close() {
    loop.close();
    logs.close();
  }
}
