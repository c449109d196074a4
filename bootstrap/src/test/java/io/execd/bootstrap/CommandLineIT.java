package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.bootstrap.settings.Help;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code java -jar execd.jar} says and ends with. */
class CommandLineIT {
  @TempDir private Path folder;

  @Test
  void helpGoesToStdout() throws Exception {
    try (Packaged run = Packaged.jar(folder, "--help")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo(Help.text());
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void versionIsTheManifests() throws Exception {
    try (Packaged run = Packaged.jar(folder, "--version")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).matches("execd \\d+\\.\\d+\\.\\d+\\S*\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"--port=x,--port", "--nope=1,--nope", "--log-level,--log-level"})
  void aBadFlagIsOneLineAndTwo(String word, String named) throws Exception {
    try (Packaged run = Packaged.jar(folder, word)) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().lines()).singleElement().asString().contains(named);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void aTakenPortIsOneLineAndOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        Packaged run = Packaged.jar(folder, "--port", "" + taken.getLocalPort())) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("--port", "" + taken.getLocalPort());
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void aTerminationEndsItInOrder() throws Exception {
    try (Packaged run = ready()) {
      endsInOrder(run, "TERM");
    }
  }

  @Test
  void anInterruptEndsItInOrderUnlessItWasStartedToIgnoreInterrupts() throws Exception {
    try (Packaged run = ready()) {
      if (interruptIsIgnored()) {
        signal(run, "INT");
        endsInOrder(run, "TERM");
      } else {
        endsInOrder(run, "INT");
      }
    }
  }

  private Packaged ready() throws Exception {
    Packaged run = Packaged.jar(folder, "--port", "" + Packaged.freePort());
    run.awaitReady();
    return run;
  }

  private static void endsInOrder(Packaged run, String signal) throws Exception {
    assertThat(run.process().isAlive()).isTrue();
    signal(run, signal);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsOnlyOnce(" stopping\n").endsWith(" stopped\n");
    assertThat(run.err()).isEmpty();
  }

  private static void signal(Packaged run, String signal) throws Exception {
    String pid = "" + run.process().pid();
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
  }

  /** As in a job that a script runs in the background: its programs keep it ignored. */
  private static boolean interruptIsIgnored() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring(ignored.indexOf('\t') + 1), 16) & 2) != 0;
  }

  @Test
  void theLogGoesToTheFileThatWasNamed() throws Exception {
    Path log = folder.resolve("logs/execd.log");
    int port = Packaged.freePort();
    try (Packaged run =
        Packaged.executable(
            Packaged.EXECUTABLE,
            folder,
            Map.of("EXECD_LOG_FILE", log.toString(), "EXECD_CLASS_ARCHIVE", "off"),
            "--port=" + port)) {
      run.awaitReady(log);
      assertThat(run.terminate()).isZero();
      assertThat(run.out()).isEmpty();
      assertThat(Files.readString(log)).contains(" ready on port ").endsWith(" stopped\n");
    }
  }
}
