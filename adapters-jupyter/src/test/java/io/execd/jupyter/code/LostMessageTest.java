package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelEnd.Finished;
import io.execd.domain.code.KernelEnd.Lost;
import io.execd.domain.code.Language;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions some of whose messages do not arrive, or cannot be read: never a success. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // every test begins with start
class LostMessageTest {
  private static final String BUSY = "{\"execution_state\":\"busy\"}";
  private static final String OK = "{\"status\":\"ok\",\"execution_count\":1}";

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private ScriptedJupyter jupyter;
  private Kernel kernel;

  private void start(boolean binary, ScriptedJupyter.Script script) throws IOException {
    jupyter = new ScriptedJupyter(binary, script);
    kernel =
        new JupyterKernels(
                new ConfiguredServer(Optional.of(jupyter.address()), "secret"),
                timer,
                Duration.ofMillis(5))
            .start(new Language("python"), Optional.empty());
  }

  @AfterEach
  void stop() {
    kernel.close();
    jupyter.close();
    timer.shutdownNow();
  }

  private KernelEnd run(String code) throws Exception {
    RecordingKernelObserver observer = new RecordingKernelObserver();
    kernel.execute(code, observer);
    return observer.end();
  }

  private static void lossy(String code, ScriptedKernel kernel) throws IOException {
    if (code.equals("lossy")) {
      kernel.send("status", BUSY);
      kernel.send("execute_reply", OK);
    } else {
      kernel.run();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy", "idle"})
  void aLostIdleIsNoSuccessWhateverJupyterThinksAndTheContextGoesOn(String state) throws Exception {
    start(true, LostMessageTest::lossy);
    jupyter.answer("GET /api/kernels/k1", "{\"execution_state\":\"" + state + "\"}");
    assertThat(run("lossy"))
        .isInstanceOfSatisfying(
            Lost.class, lost -> assertThat(lost.reason()).contains("idle did not arrive"));
    assertThat(run("fine")).isEqualTo(new Finished());
    assertThat(jupyter.kernels()).hasSize(1);
  }

  @Test
  void aChannelThatStaysSilentEndsTheStreamAndIsReplacedForTheNextExecution() throws Exception {
    start(true, LostMessageTest::lossy);
    jupyter.answerProbes(false);
    assertThat(run("lossy")).isInstanceOf(Lost.class);
    jupyter.answerProbes(true);
    assertThat(run("fine")).isEqualTo(new Finished());
    assertThat(jupyter.kernels()).hasSize(2);
  }

  @Test
  void aLargeDisplayThatComesSlowlyAfterTheReplyIsWaitedFor() throws Exception {
    start(
        true,
        (code, kernel) -> {
          kernel.send("execute_reply", OK);
          kernel.slowly(
              "display_data", "{\"data\":{\"text/html\":\"" + "x".repeat(4000) + "\"}}", 60);
          kernel.send("status", "{\"execution_state\":\"idle\"}");
        });
    RecordingKernelObserver observer = new RecordingKernelObserver();
    kernel.execute("x", observer);
    assertThat(observer.end()).isEqualTo(new Finished());
    assertThat(observer.lines()).anyMatch(line -> line.startsWith("result text/html=xxx"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneMessageThatCannotBeReadIsNamedAndTheConnectionLivesOn(boolean binary) throws Exception {
    String deep = "[".repeat(60_000) + "]".repeat(60_000);
    start(
        binary,
        (code, kernel) -> {
          String data = code.equals("deep") ? deep : code.equals("bad") ? "{]" : "1";
          kernel.run("display_data", "{\"data\":{\"application/json\":" + data + "}}");
        });
    assertThat(reason("deep")).contains("display_data").contains("nested deeper than 50000");
    assertThat(reason("bad")).contains("does not continue with ']'");
    assertThat(run("fine")).isEqualTo(new Finished());
    assertThat(jupyter.kernels()).hasSize(1);
  }

  private String reason(String code) throws Exception {
    return ((Lost) run(code)).reason();
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "404"})
  void anInterruptThatJupyterRefusesIsAFailure(String status) throws Exception {
    start(true, (code, kernel) -> kernel.send("status", BUSY));
    jupyter.answer("POST /api/kernels/k1/interrupt", status);
    kernel.execute("x", new RecordingKernelObserver());
    assertThatThrownBy(() -> kernel.interrupt().join())
        .hasCauseInstanceOf(Failure.class)
        .hasMessageContaining("answered " + status);
  }

  @Test
  void anInterruptIsFollowedByARequestThatWakesATopLevelAwait() throws Exception {
    start(true, (code, kernel) -> kernel.send("status", BUSY));
    kernel.execute("await forever()", new RecordingKernelObserver());
    int before = jupyter.infoRequests();
    kernel.interrupt().join();
    while (jupyter.infoRequests() == before) {
      Thread.sleep(5);
    }
    assertThat(jupyter.requests()).contains("POST /api/kernels/k1/interrupt");
  }

  @RepeatedTest(20)
  void aKernelThatEndedBetweenExecutionsIsToldOfFirstAndOnce() throws Exception {
    start(
        true,
        (code, kernel) -> {
          kernel.run();
          if (code.equals("exit()")) {
            kernel.send("status", "", "{\"execution_state\":\"restarting\"}");
            kernel.send("status", "stranger", BUSY);
          }
        });
    assertThat(run("exit()")).isEqualTo(new Finished());
    while (!firstLine().equals("status restarted")) {
      Thread.sleep(5);
    }
    assertThat(firstLine()).isEqualTo("status busy");
  }

  /** Empty when the news of the restart came in the midst of the execution, and ended it. */
  private String firstLine() throws Exception {
    RecordingKernelObserver observer = new RecordingKernelObserver();
    kernel.execute("x", observer);
    observer.end();
    return observer.lines().stream().findFirst().orElse("");
  }
}
