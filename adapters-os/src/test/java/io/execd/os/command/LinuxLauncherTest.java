package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.NeedsRoot;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.Identity;
import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.Program;
import io.execd.domain.command.RecordingObserver;
import io.execd.domain.command.RunningProcess;
import io.execd.domain.stream.OutputSource;
import io.execd.os.nativecall.Errno;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SpawnOutcome.NotSpawned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native launcher keeps the contract, and does what only it can. */
class LinuxLauncherTest extends RealLauncherContract {
  /** Asks for each one: a listing would show the descriptor of the listing. */
  private static final String OPEN_ABOVE_2 =
      "for n in $(seq 3 999); do [ ! -e /proc/$$/fd/$n ] || echo $n; done; echo none above 2";

  private final Linux linux = Linux.load();

  @Override
  MachineLauncher create() throws IOException {
    return new LinuxLauncher(linux, linux::spawn, ProgramResolver.ofDaemon());
  }

  private static LaunchSpec as(Identity who, String script) {
    return new LaunchSpec(
        new Program.Script(script), ENVIRONMENT, Optional.empty(), Optional.of(who));
  }

  @Test
  void leadsASessionAndAGroupOfItsOwn() {
    String[] fields = run(script("cut -d' ' -f1,5,6 /proc/$$/stat")).text().strip().split(" ", -1);

    assertThat(fields[0]).isEqualTo(fields[1]).isEqualTo(fields[2]);
  }

  @Test
  void inheritsNoDescriptor() {
    assertThat(run(script(OPEN_ABOVE_2)).text()).isEqualTo("none above 2\n");
  }

  @Test
  void startsWithAnEmptyMaskAndTheDispositionsOfTheDaemon() throws IOException {
    String ofLibrary = "80000000";
    String own =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn"))
            .findFirst()
            .orElseThrow();
    String status = run(script("grep -E '^Sig(Blk|Ign)' /proc/self/status")).text();

    assertThat(status)
        .isEqualTo("SigBlk:\t0000000000000000\n" + own.replace(ofLibrary, "00000000") + "\n");
  }

  @Test
  void tellsEverySignal() {
    for (int signal : List.of(1, 2, 3, 6, 11, 13, 14, 15, 24, 31)) {
      // Not bash, which never dies of SIGQUIT.
      RecordingObserver observer =
          run(argv("sh", "-c", "ulimit -c 0; kill -" + signal + " $$; exit 0"));

      assertThat(observer.status()).isEqualTo(new Signaled(signal, false, false));
    }
  }

  @Test
  void aForeignKillIsNotTakenForWantOfMemory() {
    assertThat(run(script("kill -9 $$")).status()).isEqualTo(new Signaled(9, false, false));
  }

  @Test
  @NeedsRoot
  void takesAnotherUserWithItsGroups() {
    LaunchSpec spec = as(identity(54321, 54322, 54323L, 54324L), "id -u; id -g; id -G");
    assertThat(run(spec).text()).isEqualTo("54321\n54322\n54322 54323 54324\n");
  }

  @Test
  @NeedsRoot
  void anotherUserCanOpenItsOutputByName() {
    LaunchSpec spec =
        as(identity(54321, 54322), "echo err > /dev/stderr && echo out > /dev/stdout");
    assertThat(run(spec).text()).isEqualTo("out\n");
  }

  @Test
  void takesItsOwnIdentityWithoutAskingForIt() throws IOException {
    List<Long> groups = ids("Groups:");
    Identity own = new Identity(ids("Uid:").getFirst(), ids("Gid:").getFirst(), groups);

    assertThat(run(as(own, "echo same")).text()).isEqualTo("same\n");
  }

  @Test
  void aUserWithoutRightsToTheDirectoryIsRefusedIt(@TempDir Path folder) throws IOException {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script("pwd"),
            ENVIRONMENT,
            Optional.of(folder.toString()),
            Optional.of(identity(54321, 54321)));
    Refused refused = refused(spec);

    assertThat(refused.stage()).isEqualTo(root() ? LaunchStage.DIRECTORY : LaunchStage.IDENTITY);
  }

  @Test
  void runsScriptsLongerThanAnArgument() {
    for (int bytes : List.of(200 << 10, 3 << 20)) {
      String padding = "# padding padding padding padding\n".repeat(bytes / 34 + 1);
      RecordingObserver observer =
          run(script("echo first $LINENO\n" + padding + "cat <<X\nhere $0\nX\ncat; exit 9"));

      assertThat(observer.text()).isEqualTo("first 1\nhere bash\n");
      assertThat(observer.text(OutputSource.STDERR)).isEmpty();
      assertThat(observer.status()).isEqualTo(new Exited(9));
    }
  }

  @Test
  void aLongScriptLeavesNoDescriptorToItsChildren() {
    String padding = "#".repeat(200_000) + "\n";

    assertThat(run(script("sh -c '" + OPEN_ABOVE_2 + "' #" + padding)).text())
        .isEqualTo("none above 2\n");
  }

  @Test
  void runsLongScriptsInAPlainShell(@TempDir Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("sh"), Path.of("/bin/sh"));
    String script = "#".repeat(200_000) + "\necho $0; sh -c '" + OPEN_ABOVE_2 + "'; exit 3";
    try (MachineLauncher plain = with(folder)) {
      RecordingObserver observer = new RecordingObserver();
      plain.launch(script(script), OutputRoute.OBSERVER, observer);

      assertThat(observer.status()).isEqualTo(new Exited(3));
      assertThat(observer.text()).isEqualTo("sh\nnone above 2\n");
    }
  }

  @Test
  void refusesAScriptWhereThereIsNoShell(@TempDir Path folder) throws IOException {
    try (MachineLauncher bare = with(folder)) {
      LaunchResult result =
          bare.launch(script("echo hello"), OutputRoute.OBSERVER, new RecordingObserver());

      assertThat(((Refused) result).reason())
          .isEqualTo("exec bash or sh: no such file or directory");
    }
  }

  private MachineLauncher with(Path shells) throws IOException {
    return new LinuxLauncher(linux, linux::spawn, new ProgramResolver(List.of(shells.toString())));
  }

  @Test
  void aForkThatFailsIsARefusalAndLeavesNothing() throws IOException {
    Spawner full = request -> new NotSpawned(LaunchStage.RESOURCES, Errno.EAGAIN.error());
    try (MachineLauncher launcher = new LinuxLauncher(linux, full, ProgramResolver.ofDaemon())) {
      // The first one opens the lock of the directory of all logs.
      launcher.launch(script(":"), OutputRoute.LOG, new RecordingObserver());
      long before = descriptors();
      LaunchResult result = launcher.launch(script(":"), OutputRoute.LOG, new RecordingObserver());

      assertThat(((Refused) result).reason())
          .isEqualTo("start a process: resource temporarily unavailable");
      assertThat(descriptors()).isEqualTo(before);
    }
  }

  @Test
  void killsDescendantsThatLeftTheGroup() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("setsid sh -c 'echo $$; sleep 1000' & wait"), observer);
    observer.awaitText("\n");
    ProcessHandle escaped = ProcessHandle.of(Long.parseLong(observer.text().strip())).orElseThrow();
    process.kill();
    observer.status();

    escaped.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void aFloodWithoutRoomBlocksItsWriter() throws IOException {
    RecordingObserver observer = new RecordingObserver().limitTo(0);
    RunningProcess process = start(script("echo $$; exec cat /dev/zero"), observer);
    observer.awaitRefusal();
    RecordingObserver other = run(script("echo others go on"));
    process.kill();
    observer.status();

    assertThat(other.text()).isEqualTo("others go on\n");
    assertThat(observer.size()).isBetween(1L, 2L << 16);
  }

  @Test
  void aBackgroundChildThatFloodsDoesNotProlongTheEnd() {
    RecordingObserver observer = run(script("cat /dev/zero & echo $!"));
    String text = observer.text();
    String pid = text.replace("\0", "").strip();

    assertThat(observer.status()).isEqualTo(new Exited(0));
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  @Test
  void aBackgroundChildMayGoOnWriting(@TempDir Path folder) throws Exception {
    Path done = folder.resolve("done");
    Path go = folder.resolve("go");
    run(script("mkfifo " + go));
    run(script("(read x < " + go + "; echo more; echo more; echo ok > " + done + ") &"));
    run(script("echo > " + go + "; while [ ! -s " + done + " ]; do :; done"));

    assertThat(done).hasContent("ok");
  }

  @Test
  void randomStartsAndCancelsLeaveNothingBehind() throws Exception {
    long before = descriptors();
    Random random = new Random(7);
    List<RecordingObserver> observers =
        IntStream.range(0, 500).mapToObj(i -> startAndCancel(random.nextInt(4))).toList();
    observers.forEach(RecordingObserver::status);
    launcher().launch(script(":"), OutputRoute.OBSERVER, new RecordingObserver());

    assertThat(observers).allMatch(observer -> observer.ends() == 1);
    awaitNone(() -> children() > 0, "children");
    awaitNone(() -> descriptors() > before, "descriptors");
  }

  private RecordingObserver startAndCancel(int way) {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("echo x; sleep 1000 & sleep 1000"), observer);
    switch (way) {
      case 0 -> process.kill();
      case 1 -> process.terminate(Duration.ofMillis(20));
      case 2 -> {
        observer.awaitText("x");
        process.kill();
      }
      default -> {
        process.terminate(Duration.ofSeconds(9));
        process.kill();
      }
    }
    return observer;
  }

  /** There is no event for the end of a zombie. */
  private static void awaitNone(BooleanSupplier any, String what) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (any.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still %s", what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Our children, zombies among them. */
  private static long children() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads.mapToLong(LinuxLauncherTest::childrenOf).sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long childrenOf(Path thread) {
    try {
      return Files.readString(thread.resolve("children")).lines().filter(l -> !l.isBlank()).count();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long descriptors() {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean root() {
    return uid() == 0;
  }

  private static int uid() {
    return ids("Uid:").getFirst().intValue();
  }

  private static List<Long> ids(String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .flatMap(line -> Stream.of(line.substring(field.length()).strip().split("\\s+", -1)))
          .filter(word -> !word.isEmpty())
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
