package io.execd.domain.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.stream.OutputSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ProcessLauncher} does. The scripts keep to {@code echo WORD [>&2]}, {@code exit
 * N}, {@code sleep N} and {@code trap '' TERM}, one after the other, so that a fake can run them.
 */
@Timeout(120)
public abstract class ProcessLauncherContract {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  /** The launcher under test. */
  protected abstract ProcessLauncher launcher();

  protected static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

  /** A script with a plain environment. */
  protected static LaunchSpec script(String text) {
    return spec(new Program.Script(text));
  }

  protected static LaunchSpec argv(String... words) {
    return spec(new Program.Argv(List.of(words)));
  }

  protected static LaunchSpec spec(Program program) {
    return new LaunchSpec(program, ENVIRONMENT, Optional.empty(), Optional.empty());
  }

  protected Launched start(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
    LaunchResult result = launcher().launch(spec, route, observer);
    assertThat(result).isInstanceOf(Launched.class);
    return (Launched) result;
  }

  protected RunningProcess start(LaunchSpec spec, ProcessObserver observer) {
    return start(spec, OutputRoute.OBSERVER, observer).process();
  }

  protected Refused refused(LaunchSpec spec) {
    RecordingObserver observer = new RecordingObserver();
    LaunchResult result = launcher().launch(spec, OutputRoute.OBSERVER, observer);
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(observer.ended()).isFalse();
    return (Refused) result;
  }

  /** Runs it to its end. */
  protected RecordingObserver run(LaunchSpec spec) {
    RecordingObserver observer = new RecordingObserver();
    start(spec, observer);
    observer.status();
    return observer;
  }

  @Test
  void tellsOutputAndThenTheEndOnce() {
    RecordingObserver observer = run(script("echo hello"));

    assertThat(observer.status()).isEqualTo(new Exited(0));
    assertThat(observer.text()).isEqualTo("hello\n");
    assertThat(observer.ends()).isEqualTo(1);
    assertThat(observer.late()).isFalse();
  }

  @Test
  void keepsStdoutAndStderrApart() {
    RecordingObserver observer = run(script("echo out; echo err >&2"));

    assertThat(observer.text(OutputSource.STDOUT)).isEqualTo("out\n");
    assertThat(observer.text(OutputSource.STDERR)).isEqualTo("err\n");
  }

  @Test
  void tellsTheExitCode() {
    assertThat(run(script("exit 7")).status()).isEqualTo(new Exited(7));
  }

  @Test
  void givesTheProgramItsEnvironment() {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script("echo $GREETING"),
            Map.of("PATH", "/usr/bin:/bin", "GREETING", "welcome"),
            Optional.empty(),
            Optional.empty());

    assertThat(run(spec).text()).isEqualTo("welcome\n");
  }

  @Test
  void startsAProgramWithoutAShell() {
    assertThat(run(argv("echo", "$HOME;", "two  words")).text()).isEqualTo("$HOME; two  words\n");
  }

  @Test
  void readsNoMoreThanTheObserverHasRoomFor() {
    RecordingObserver observer = new RecordingObserver().limitTo(3);
    RunningProcess process = start(script("echo abcdefghij; sleep 1000"), observer);
    observer.awaitText("abcdefghij\n");
    process.kill();
    observer.status();

    assertThat(observer.largest()).isEqualTo(3);
  }

  @Test
  void readsNothingWithoutRoomUntilResumed() {
    RecordingObserver observer = new RecordingObserver().limitTo(0);
    RunningProcess process = start(script("echo hello; sleep 1000"), observer);
    observer.awaitRefusal();
    assertThat(observer.size()).isZero();

    observer.limitTo(100);
    process.resumeOutput();
    observer.awaitText("hello\n");
    process.kill();
    observer.status();
  }

  @Test
  void deliversWhatIsInThePipeAtTheEndEvenWithoutRoom() {
    RecordingObserver observer = new RecordingObserver().limitTo(0);
    start(script("echo hello"), observer);
    observer.status();

    assertThat(observer.text()).isEqualTo("hello\n");
  }

  @Test
  void kills() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("echo ready; sleep 1000"), observer);
    observer.awaitText("ready");
    process.kill();

    assertThat(observer.status()).isEqualTo(new Signaled(9, false, false));
  }

  @Test
  void terminates() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("echo ready; sleep 1000"), observer);
    observer.awaitText("ready");
    process.terminate(LONG);

    assertThat(observer.status()).isEqualTo(new Signaled(15, false, false));
    process.kill();
  }

  @Test
  void killsAfterTheGraceTimeWhatIgnoresTermination() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("trap '' TERM; echo ready; sleep 1000"), observer);
    observer.awaitText("ready");
    process.terminate(SHORT);

    assertThat(observer.status()).isEqualTo(new Signaled(9, false, false));
  }

  @Test
  void takesCallsAfterTheEnd() {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script("exit 3"), observer);
    observer.status();
    process.terminate(SHORT);
    process.kill();
    process.kill();
    process.resumeOutput();

    assertThat(observer.status()).isEqualTo(new Exited(3));
    assertThat(observer.ends()).isEqualTo(1);
  }

  @Test
  void writesALogWithBothOutputsJoined() throws IOException {
    RecordingObserver observer = new RecordingObserver();
    Launched launched = start(script("echo one; echo two >&2"), OutputRoute.LOG, observer);
    observer.status();
    try (OutputLog log = launched.log().orElseThrow()) {
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      log.copy(2, log.size(), part);

      assertThat(log.size()).isEqualTo(8);
      assertThat(part.toString(UTF_8)).isEqualTo("e\ntwo\n");
      assertThat(observer.size()).isZero();
    }
  }

  @Test
  void aClosedLogIsEmpty() {
    RecordingObserver observer = new RecordingObserver();
    OutputLog log = start(script("echo one"), OutputRoute.LOG, observer).log().orElseThrow();
    observer.status();
    log.close();
    log.close();

    assertThat(log.size()).isZero();
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script("echo hello"),
            ENVIRONMENT,
            Optional.of("/nowhere/at/all"),
            Optional.empty());
    Refused refused = refused(spec);

    assertThat(refused.stage()).isEqualTo(LaunchStage.DIRECTORY);
    assertThat(refused.error().name()).isEqualTo("ENOENT");
    assertThat(refused.reason()).isEqualTo("enter /nowhere/at/all: no such file or directory");
  }

  @Test
  void refusesAProgramThatIsNotThere() {
    Refused refused = refused(argv("/nowhere/program"));

    assertThat(refused.stage()).isEqualTo(LaunchStage.PROGRAM);
    assertThat(refused.error().number()).isEqualTo(2);
    assertThat(refused.reason()).isEqualTo("exec /nowhere/program: no such file or directory");
  }
}
