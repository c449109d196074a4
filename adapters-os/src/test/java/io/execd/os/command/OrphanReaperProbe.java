package io.execd.os.command;

import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.Program;
import io.execd.domain.command.RecordingObserver;
import io.execd.domain.command.RunningProcess;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SpawnOutcome.Spawned;
import io.execd.os.nativecall.SpawnRequest;
import io.execd.os.nativecall.SpawnRequest.Descriptors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A program that a test starts: it adopts orphans, and lets commands leave many while children of
 * every kind of owner end.
 */
final class OrphanReaperProbe implements AutoCloseable {
  private static final int COMMANDS = 500;
  private static final int BUILDERS = 100;
  private static final Duration LONG = Duration.ofHours(1);

  /** Forked twice, in a session of its own: its parent is gone before it ends. */
  private static final String ORPHAN = "echo $( (setsid sh -c 'echo $$; exit 3' &) ); exit ";

  private final Linux linux;
  private final MachineLauncher launcher;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new);

  private OrphanReaperProbe(Linux linux) throws IOException {
    this.linux = linux;
    this.launcher = new LinuxLauncher(linux, linux::spawn, ProgramResolver.ofDaemon());
  }

  public static void main(String[] words) throws Exception {
    try (OrphanReaperProbe probe = new OrphanReaperProbe(Linux.load())) {
      probe.run();
    }
  }

  private void run() throws Exception {
    Spawned unknown = spawnUnknown();
    int lingering = leaveLingering();
    List<Future<Integer>> commands = submit(COMMANDS, this::command);
    List<Future<Integer>> builders = submit(BUILDERS, OrphanReaperProbe::builder);
    List<Integer> orphans = new ArrayList<>();
    for (Future<Integer> command : commands) {
      orphans.add(command.get());
    }
    System.out.println("wrong codes of builders: " + wrong(builders));
    System.out.println("orphans: " + orphans.stream().distinct().count());
    await(orphans);
    System.out.println("zombies: " + orphans.stream().anyMatch(OrphanReaperProbe::zombie));
    System.out.println("lingering leader is kept: " + zombie(lingering));
    System.out.println("child of a thread: " + linux.peek(unknown.descriptor()).orElseThrow());
  }

  private interface Numbered {
    int run(int number) throws Exception;
  }

  private List<Future<Integer>> submit(int count, Numbered task) {
    return IntStream.range(0, count)
        .mapToObj(i -> threads.submit((Callable<Integer>) () -> task.run(i)))
        .toList();
  }

  /** The orphan's id; throws when the exit code is not the one that was asked for. */
  private int command(int number) {
    RecordingObserver observer = new RecordingObserver();
    int code = 1 + number % 255;
    start(ORPHAN + code, observer);
    if (!observer.status().equals(new Exited(code))) {
      throw new AssertionError("not " + code + " but " + observer.status());
    }
    return Integer.parseInt(observer.text().strip());
  }

  /** The thread that starts it ends at once: the first thread inherits the child. */
  private static int builder(int number) throws Exception {
    CompletableFuture<Process> process = new CompletableFuture<>();
    ProcessBuilder exit = new ProcessBuilder("sh", "-c", "exit " + (1 + number % 255));
    Thread starter =
        new Thread(() -> {
          try {
            process.complete(exit.start());
          } catch (IOException e) {
            process.completeExceptionally(e);
          }
        });
    starter.start();
    return process.get().waitFor() - number % 255;
  }

  private static long wrong(List<Future<Integer>> builders) throws Exception {
    long wrong = 0;
    for (Future<Integer> builder : builders) {
      wrong += builder.get() == 1 ? 0 : 1;
    }
    return wrong;
  }

  /**
   * Until all are gone; a few are reaped by a shell that has not quite left them. Meanwhile others
   * end, beside the reaper's looks.
   */
  private void await(List<Integer> orphans) throws Exception {
    while (!orphans.stream().allMatch(OrphanReaperProbe::gone)) {
      long wrong = wrong(submit(10, OrphanReaperProbe::builder));
      if (wrong > 0) {
        System.out.println("wrong codes beside the reaper: " + wrong);
      }
    }
  }

  private static boolean zombie(int pid) {
    return ProcessTable.row(pid).filter(ProcessTable.Row::zombie).isPresent();
  }

  private static boolean gone(int pid) {
    return ProcessTable.row(pid).isEmpty();
  }

  /** Ended by SIGTERM, and not to be reaped for an hour, as its group lives on. */
  private int leaveLingering() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start("(trap '' TERM; sleep 1000) & echo $$; wait", observer);
    observer.awaitText("\n");
    process.terminate(LONG);
    observer.status();
    return Integer.parseInt(observer.text().strip());
  }

  /** A child that nobody but this thread knows of. */
  private Spawned spawnUnknown() {
    SpawnRequest exit =
        new SpawnRequest(
            List.of("/bin/sh"),
            List.of("sh", "-c", "exit 7"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new Descriptors(0, 1, 2, Descriptors.NONE));
    return (Spawned) linux.spawn(exit);
  }

  private RunningProcess start(String script, RecordingObserver observer) {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script(script),
            Map.of("PATH", "/usr/bin:/bin"),
            Optional.empty(),
            Optional.empty());
    return ((Launched) launcher.launch(spec, OutputRoute.OBSERVER, observer)).process();
  }

  @Override
  public void close() {
    launcher.close();
    threads.close();
  }
}
