package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.Identity;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessLauncher;
import io.execd.domain.command.ProcessLauncherContract;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.command.Program;
import io.execd.domain.command.RecordingObserver;
import io.execd.domain.command.RunningProcess;
import io.execd.domain.stream.OutputSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every launcher of real processes does besides, as real shells show it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealLauncherContract extends ProcessLauncherContract {
  private static final Predicate<String> LOG = Pattern.compile("execd-.*\\.log").asMatchPredicate();

  /** Replaced before the first test. */
  private MachineLauncher launcher = Launchers.forThisMachine(() -> {});

  abstract MachineLauncher create() throws IOException;

  @BeforeAll
  void open() throws IOException {
    launcher = create();
    launcher.warmUp();
  }

  @AfterAll
  void close() {
    launcher.close();
  }

  @Override
  protected ProcessLauncher launcher() {
    return launcher;
  }

  LaunchSpec in(Path directory, Program program) {
    return new LaunchSpec(
        program, ENVIRONMENT, Optional.of(directory.toString()), Optional.empty());
  }

  @Test
  void tellsEveryExitCode() {
    List<RecordingObserver> observers =
        IntStream.range(0, 256)
            .mapToObj(code -> {
              RecordingObserver observer = new RecordingObserver();
              start(argv("sh", "-c", "exit " + code), observer);
              return observer;
            })
            .toList();

    assertThat(observers.stream().map(RecordingObserver::status))
        .isEqualTo(IntStream.range(0, 256).mapToObj(Exited::new).toList());
  }

  @Test
  void hasTheNullDeviceAsInput() {
    RecordingObserver observer = run(script("cat; readlink /proc/self/fd/0"));

    assertThat(observer.text()).isEqualTo("/dev/null\n");
  }

  @Test
  void endsWithTheLeaderWhenAChildHoldsThePipe() {
    RecordingObserver observer = new RecordingObserver();
    start(script("sleep 1000 & echo $!"), observer);

    assertThat(observer.status()).isEqualTo(new Exited(0));
    long child = Long.parseLong(observer.text().strip());
    assertThat(ProcessHandle.of(child).orElseThrow().isAlive()).isTrue();
    ProcessHandle.of(child).orElseThrow().destroyForcibly();
  }

  @Test
  void losesNothingOfALargeOutput() {
    RecordingObserver observer = run(script("head -c 20000000 /dev/zero; echo end"));

    assertThat(observer.size()).isEqualTo(20_000_004);
    assertThat(observer.text()).endsWith("end\n");
  }

  @Test
  void killsChildrenWithTheirParent() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("sleep 1000 & echo $!; wait"), observer);
    observer.awaitText("\n");
    ProcessHandle child = ProcessHandle.of(Long.parseLong(observer.text().strip())).orElseThrow();
    process.kill();
    observer.status();

    child.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void survivorsOfATerminatedLeaderAreKilledInTheEnd() {
    RecordingObserver observer = new RecordingObserver();
    String stubborn = "bash -c 'trap \"\" TERM; echo $$; while :; do sleep 100; done' & wait";
    RunningProcess process = start(script(stubborn), observer);
    observer.awaitText("\n");
    ProcessHandle child = ProcessHandle.of(Long.parseLong(observer.text().strip())).orElseThrow();
    process.terminate(Duration.ofMillis(300));

    assertThat(observer.status()).isEqualTo(new Signaled(15, false, false));
    child.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void takesARelativePathFromTheWorkingDirectory(@TempDir Path folder) throws IOException {
    Path program = Files.writeString(folder.resolve("here"), "#!/bin/sh\necho here\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(run(in(folder, new Program.Argv(List.of("./here")))).text()).isEqualTo("here\n");
  }

  @Test
  void looksForABareNameInAbsoluteFoldersOnly(@TempDir Path folder) throws IOException {
    Path program = Files.writeString(folder.resolve("here"), "#!/bin/sh\necho here\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Argv(List.of("here")),
            Map.of("PATH", ".::" + "/usr/bin"),
            Optional.of(folder.toString()),
            Optional.empty());

    assertThat(refused(spec).error().name()).isEqualTo("ENOENT");
  }

  @Test
  void refusesAFileThatIsNoProgram(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "hello");

    Refused refused = refused(argv(file.toString()));
    assertThat(refused.stage()).isEqualTo(LaunchStage.PROGRAM);
    assertThat(refused.error().name()).isEqualTo("EACCES");
  }

  @Test
  void refusesAWorkingDirectoryThatIsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "hello");

    Refused refused = refused(in(file, new Program.Script("pwd")));
    assertThat(refused.stage()).isEqualTo(LaunchStage.DIRECTORY);
    assertThat(refused.error().name()).isEqualTo("ENOTDIR");
  }

  @Test
  void refusesTextThatNoSystemTakes() {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script("echo hello"),
            Map.of("NAME", "a\0b"),
            Optional.empty(),
            Optional.empty());

    assertThat(refused(spec).error().name()).isEqualTo("EINVAL");
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    RecordingObserver observer = new RecordingObserver();
    Launched launched = start(script("sleep 1000"), OutputRoute.LOG, observer);
    long named = logFiles();
    launched.process().kill();
    observer.status();
    launched.log().orElseThrow().close();

    assertThat(named).isZero();
  }

  private static long logFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.map(file -> file.getFileName().toString()).filter(LOG).count();
    }
  }

  @Test
  void aThousandEchoesFromTenThreadsAllComeBack() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> futures =
          IntStream.range(0, 10).mapToObj(i -> callers.submit(() -> echoes(i * 100))).toList();
      for (Future<Integer> future : futures) {
        assertThat(future.get()).isEqualTo(100);
      }
    }
  }

  private int echoes(int first) {
    int good = 0;
    for (int i = first; i < first + 100; i++) {
      RecordingObserver observer = run(script("echo " + i + "; exit " + i % 200));
      boolean same = observer.text().equals(i + "\n");
      good += same && observer.status().equals(new Exited(i % 200)) ? 1 : 0;
    }
    return good;
  }

  @Test
  void anObserverThatThrowsHarmsNobodyElse() {
    CountDownLatch ended = new CountDownLatch(1);
    start(script("echo hello"), new ThrowingObserver(ended));
    assertThatCode(() -> assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue())
        .doesNotThrowAnyException();

    assertThat(run(script("echo others go on")).text()).isEqualTo("others go on\n");
  }

  private record ThrowingObserver(CountDownLatch ended) implements ProcessObserver {
    @Override
    public int room() {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void output(OutputSource source, byte[] bytes) {
      throw new AssertionError("on purpose");
    }

    @Override
    public void exited(ExitStatus status) {
      ended.countDown();
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void closingKillsWhatRunsAndRefusesMore() throws IOException {
    MachineLauncher other = create();
    RecordingObserver observer = new RecordingObserver();
    other.launch(script("sleep 1000"), OutputRoute.OBSERVER, observer);
    other.close();
    other.close();

    assertThat(observer.status()).isEqualTo(new Signaled(9, false, false));
    assertThat(other.launch(script(":"), OutputRoute.OBSERVER, observer))
        .isInstanceOf(Refused.class);
  }

  static Identity identity(long uid, long gid, Long... groups) {
    return new Identity(uid, gid, List.of(groups));
  }
}
