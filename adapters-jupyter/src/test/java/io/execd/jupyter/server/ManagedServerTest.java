package io.execd.jupyter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.FakeEnvironment;
import io.execd.jupyter.code.JupyterServer.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of our own from its start to its end, with a program that only looks like one. */
@Timeout(60)
class ManagedServerTest {
  private static final ExitStatus KILLED = new ExitStatus.Signaled(9, false, false);

  @TempDir private Path venv;
  private final FakeJupyter jupyter = new FakeJupyter();
  private final RecordingTimer timer = new RecordingTimer();
  private ManagedServer server;

  @BeforeEach
  void install() throws IOException {
    Path program = Files.createDirectories(venv.resolve("bin")).resolve("jupyter-server");
    Files.writeString(program, "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    server = server(Map.of("PATH", "/nowhere", "JUPYTER_CONFIG_PATH", "/etc/mine"));
  }

  private ManagedServer server(Map<String, String> environment) {
    return new ManagedServer(Optional.of(venv), jupyter, new FakeEnvironment(environment), timer);
  }

  @AfterEach
  void stop() {
    server.close();
    timer.shutdownNow();
  }

  @Test
  void nothingRunsBeforeSomebodyNeedsIt() {
    assertThat(jupyter.runs()).isEmpty();
    assertThat(server.port()).isEmpty();
  }

  @Test
  void itIsStartedOnceForAllWhoComeMeanwhile() {
    List<CompletableFuture<Running>> users =
        IntStream.range(0, 10)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(server::use, task -> Thread.ofVirtual().start(task)))
            .toList();
    assertThat(users)
        .map(CompletableFuture::join)
        .map(Running::endpoint)
        .containsOnly(server.use().endpoint());
    assertThat(jupyter.runs()).hasSize(1);
    assertThat(server.port()).hasValue(server.use().endpoint().port());
  }

  @Test
  void itHasATokenThatIsInNoCommandLineAndSettingsThatAreGoneOnceItRuns() {
    server.use();
    Map<String, String> environment = jupyter.runs().getFirst().spec.environment();
    String token = environment.get("JUPYTER_TOKEN");
    assertThat(token).hasSize(48);
    assertThat(jupyter.runs().getFirst().spec.program().display()).doesNotContain(token);
    String[] folders = environment.getOrDefault("JUPYTER_CONFIG_PATH", "").split(":", -1);
    assertThat(folders).hasSize(2).endsWith("/etc/mine");
    assertThat(Path.of(folders[0])).doesNotExist();
    assertThat(environment).containsEntry("PATH", venv.resolve("bin") + ":/nowhere");
  }

  @Test
  void oneThatEndsIsStartedAgainAfterEverLongerPauses() throws Exception {
    Running first = server.use();
    for (int life = 1; life <= 6; life++) {
      jupyter.runs().getLast().exit(KILLED);
      int lives = life + 1;
      await(() -> jupyter.runs().size() == lives && server.port().isPresent());
    }
    assertThat(timer.pauses()).containsExactly(2000L, 4000L, 8000L, 16000L, 32000L, 32000L);
    assertThat(first.life().over())
        .hasValueSatisfying(reason -> assertThat(reason).contains("has ended (signal 9)"));
    assertThat(server.use().life().over()).isEmpty();
  }

  @Test
  void whoNeedsItDoesNotWaitForThePause() {
    timer.hold();
    server.use();
    jupyter.runs().getFirst().exit(KILLED);
    assertThat(server.port()).isEmpty();
    assertThat(server.use().life().over()).isEmpty();
    assertThat(jupyter.runs()).hasSize(2);
  }

  @Test
  void oneThatDoesNotStartSaysWhyAndMayBeTriedAgain() {
    jupyter.fail("no module named jupyter_server\n");
    assertThatThrownBy(server::use)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Jupyter does not start")
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("no module named jupyter_server");
    assertThat(server.port()).isEmpty();
    assertThat(timer.pauses()).isEmpty();
    jupyter.fail("");
    assertThat(server.use().life().over()).isEmpty();
  }

  @Test
  void aMachineWithoutJupyterIsToldWhatToInstall() throws IOException {
    Files.delete(venv.resolve("bin/jupyter-server"));
    assertThatThrownBy(server::use)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("pip install jupyter-server ipykernel");
  }

  @Test
  void itEndsWithItsOwnerAndIsNotStartedAgain() {
    server.use();
    server.close();
    assertThat(jupyter.runs().getFirst().isOver()).isTrue();
    assertThat(timer.pauses()).isEmpty();
    assertThatThrownBy(server::use).isInstanceOf(Failure.class).hasMessageContaining("stopping");
    assertThat(jupyter.runs()).hasSize(1);
  }

  @Test
  void aRestartThatIsDueDoesNotOutliveItsOwner() throws Exception {
    timer.hold();
    server.use();
    jupyter.runs().getFirst().exit(KILLED);
    assertThat(timer.getQueue()).hasSize(1);
    server.close();
    assertThat(timer.getQueue()).allMatch(task -> ((Future<?>) task).isCancelled());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }
}
