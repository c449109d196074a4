package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon, its Jupyter and a kernel, each killed while code runs. */
@Timeout(120)
class JupyterFaultsIT {
  private static final String KERNEL = "import os; print(os.getpid())";
  private static final String JUPYTER = "import os; print(os.getppid())";
  private static final String FOR_LONG = "; import time; time.sleep(600)";

  @TempDir private Path folder;
  private Packaged daemon;
  private CodeClient client;

  @BeforeEach
  void start() throws Exception {
    int port = Packaged.freePort();
    daemon = Packaged.withJupyter(folder, port, Map.of());
    client = new CodeClient(port);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    daemon.terminate();
    daemon.close();
  }

  @Test
  void aKilledKernelEndsItsStreamAndItsContextGoesOnWithoutItsState() throws Exception {
    List<JsonNode> killed = run(KERNEL, JupyterFaultsIT::kill);
    assertThat(killed.getLast().path("error").path("ename").asText()).isEqualTo("KernelDied");
    List<JsonNode> next = client.run("python", "print('time' in globals())");
    assertThat(next).anyMatch(event -> event.path("text").asText().equals("restarted"));
    assertThat(CodeClient.text(next)).isEqualTo("False\n");
  }

  @Test
  void aKilledJupyterEndsItsStreamsAndContextsAndIsReplaced() throws Exception {
    String context = "/code/contexts/" + client.context("{\"language\":\"python\"}");
    List<JsonNode> killed = run(JUPYTER, JupyterFaultsIT::kill);
    assertThat(killed.getLast().path("error").path("ename").asText()).isEqualTo("KernelDied");
    RunningDaemon.await("its contexts are gone", () -> status(context) == 404);
    assertThat(client.get(context).body()).contains("has ended (signal 9)");
    RunningDaemon.await("code runs again", () -> text("print(42)").equals("42\n"));
  }

  @Test
  void aKilledDaemonLeavesNoJupyterAndNoKernelBehind() throws Exception {
    long kernel = pid(client.run("python", KERNEL));
    long jupyter = pid(client.run("python", JUPYTER));
    assertThat(alive(kernel) && alive(jupyter)).isTrue();
    daemon.close();
    RunningDaemon.await("Jupyter has ended", () -> !alive(jupyter));
    RunningDaemon.await("its kernel has ended", () -> !alive(kernel));
  }

  /** Runs code that prints a process id and then sleeps, and does something to that process. */
  private List<JsonNode> run(String code, LongConsumer action) throws Exception {
    return client.run(
        "python",
        code + FOR_LONG,
        0,
        event -> {
          if (event.path("type").asText().equals("stdout")) {
            action.accept(Long.parseLong(event.path("text").asText().strip()));
          }
        });
  }

  private int status(String path) {
    try {
      return client.get(path).statusCode();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private String text(String code) {
    try {
      return CodeClient.text(client.run("python", code));
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static long pid(List<JsonNode> events) {
    return Long.parseLong(CodeClient.text(events).strip());
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** Whoever has ended may wait for ever to be reaped where nobody reaps orphans. */
  private static boolean alive(long pid) {
    try {
      return !Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }
}
