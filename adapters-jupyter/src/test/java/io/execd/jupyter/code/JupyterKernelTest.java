package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelEnd.Died;
import io.execd.domain.code.KernelEnd.Finished;
import io.execd.domain.code.KernelEnd.Lost;
import io.execd.domain.code.KernelEnd.Raised;
import io.execd.domain.code.Language;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernels send, in both formats and in every order, and what becomes of it. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // every test begins with start
class JupyterKernelTest {
  private static final String IDLE = "{\"execution_state\":\"idle\"}";
  private static final String OK = "{\"status\":\"ok\",\"execution_count\":1}";

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final RecordingKernelObserver observer = new RecordingKernelObserver();
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
    kernel.execute(code, observer);
    return observer.end();
  }

  private KernelEnd runAgain(String code) throws Exception {
    RecordingKernelObserver second = new RecordingKernelObserver();
    kernel.execute(code, second);
    return second.end();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExecutionInItsUsualOrder(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) ->
            kernel.run(
                "stream",
                "{\"name\":\"stdout\",\"text\":\"a\\nb\\u00e9\\ud83d\\ude00\"}",
                "stream",
                "{\"name\":\"stderr\",\"text\":\"\\\"c\\\"\"}",
                "execute_result",
                "{\"execution_count\":7,\"data\":{\"text/plain\":\"1\",\"application/json\":{\"a\": [1, \"x]\"]}},\"metadata\":{}}"));
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines())
        .containsExactly(
            "status busy",
            "count 7",
            "STDOUT a\nbé😀",
            "STDERR \"c\"",
            "result 7 text/plain=1 application/json={\"a\":[1,\"x]\"]}",
            "status idle");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theReplyMayComeBeforeAllOutput(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) -> {
          kernel.send("execute_reply", OK);
          kernel.send("stream", "{\"name\":\"stdout\",\"text\":\"late\"}");
          kernel.send("execute_result", "{\"data\":{\"text/plain\":\"1\"},\"execution_count\":1}");
          kernel.send("status", IDLE);
        });
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines())
        .containsExactly("count 1", "STDOUT late", "result 1 text/plain=1", "status idle");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idleMayComeBeforeTheReply(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) -> {
          kernel.send("error", "{\"ename\":\"E\",\"evalue\":\"v\",\"traceback\":[\"1\",\"2\"]}");
          kernel.send("status", IDLE);
          kernel.send("execute_reply", "{\"status\":\"error\",\"ename\":\"E\",\"evalue\":\"v\"}");
        });
    assertThat(run("x")).isEqualTo(new Raised("E", "v", List.of("1", "2")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplyThatNeverComesIsNotWaitedForForEver(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.send("status", IDLE));
    jupyter.answer("GET /api/kernels/k1", IDLE);
    assertThat(run("x")).isInstanceOf(Lost.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anIdleThatNeverComesIsNotWaitedForForEver(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) ->
            kernel.send(
                "execute_reply", "{\"status\":\"error\",\"ename\":\"E\",\"evalue\":\"v\"}"));
    jupyter.answer("GET /api/kernels/k1", IDLE);
    assertThat(run("x"))
        .isInstanceOfSatisfying(
            Raised.class,
            raised -> {
              assertThat(raised.name()).isEqualTo("E");
              assertThat(raised.traceback()).hasSize(1).first().asString().contains("idle");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesOfOthersAreNotMixedIn(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) -> {
          kernel.send("stream", "other", "{\"name\":\"stdout\",\"text\":\"foreign\"}");
          kernel.send("status", "other", IDLE);
          kernel.send("execute_reply", "other", OK);
          kernel.send("stream", "", "{\"name\":\"stdout\",\"text\":\"nobody's\"}");
          kernel.run("stream", "{\"name\":\"stdout\",\"text\":\"ours\"}");
        });
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines()).contains("STDOUT ours").doesNotContain("STDOUT foreign");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheFirstExecutionSaysLateIsNotOfTheSecond(boolean binary) throws Exception {
    String[] first = {""};
    start(
        binary,
        (code, kernel) -> {
          if (code.equals("one")) {
            first[0] = kernel.parent();
          } else {
            kernel.send("stream", first[0], "{\"name\":\"stdout\",\"text\":\"late\"}");
            kernel.send("status", first[0], IDLE);
          }
          kernel.run();
        });
    run("one");
    RecordingKernelObserver second = new RecordingKernelObserver();
    kernel.execute("two", second);
    assertThat(second.end()).isEqualTo(new Finished());
    assertThat(second.lines()).containsExactly("status busy", "count 7", "status idle");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void displaysAndTheirUpdatesAreResultsWithoutACount(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) -> {
          kernel.sendWithBuffer("comm_msg", "{\"data\":{}}");
          kernel.sendWithBuffer("display_data", "{\"data\":{\"image/png\":\"AAAA\"}}");
          kernel.run(
              "update_display_data",
              "{\"data\":{\"text/html\":\"<b>\"},\"transient\":{\"display_id\":\"1\"}}",
              "clear_output",
              "{\"wait\":true}");
        });
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines())
        .contains("result image/png=AAAA", "result text/html=<b>")
        .noneMatch(line -> line.contains("unexpected"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoAsksForInputIsToldThatThereIsNone(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) -> {
          kernel.send("input_request", "{\"prompt\":\"?\",\"password\":false}");
          String value = kernel.next().at("/content/value").asText();
          kernel.run(
              "stream",
              "{\"name\":\"stdout\",\"text\":\"got %d\"}".formatted((int) value.charAt(0)));
        });
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines()).contains("STDOUT got 4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void warningsAboutTheRateLimitAreShown(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) ->
            kernel.run(
                "stream", "{\"name\":\"stderr\",\"text\":\"IOPub data rate exceeded.\\n\"}"));
    run("x");
    assertThat(observer.lines()).contains("STDERR IOPub data rate exceeded.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"restarting", "autorestarting", "dead"})
  void aKernelThatDiesEndsItsExecutionAtOnce(String state) throws Exception {
    start(
        true,
        (code, kernel) -> kernel.send("status", "", "{\"execution_state\":\"" + state + "\"}"));
    Died died = (Died) run("x");
    assertThat(died.gone()).isEqualTo(state.equals("dead"));
    assertThat(died.reason()).startsWith("the kernel died");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"execution_state\":\"dead\"}", "404"})
  void aKernelThatDiesInSilenceIsNoticed(String answer) throws Exception {
    start(true, (code, kernel) -> kernel.send("status", "{\"execution_state\":\"busy\"}"));
    jupyter.answer("GET /api/kernels/k1", answer);
    assertThat(run("x")).isEqualTo(new Died("the kernel died", true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSocketLostInTheMiddleEndsTheExecutionAndTheNextOneReconnects(boolean binary)
      throws Exception {
    start(
        binary,
        (code, kernel) -> {
          if (code.equals("cut")) {
            kernel.cut();
          }
          kernel.run();
        });
    assertThat(run("cut")).isInstanceOf(Died.class);
    assertThat(runAgain("fine")).isEqualTo(new Finished());
    assertThat(jupyter.kernels()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSocketLostBetweenExecutionsIsMadeAnew(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.run());
    run("one");
    jupyter.kernels().getFirst().cut();
    assertThat(runUntilFine()).isEqualTo(new Finished());
  }

  /** The cut may be noticed just before or just after the request is sent. */
  private KernelEnd runUntilFine() throws Exception {
    KernelEnd end = runAgain("two");
    return end instanceof Died ? runAgain("two") : end;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneConnectionServesAllExecutions(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.run());
    run("1");
    for (int i = 0; i < 20; i++) {
      assertThat(runAgain("2")).isEqualTo(new Finished());
    }
    assertThat(jupyter.kernels()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKernelThatJupyterForgotIsGone(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.run());
    run("1");
    jupyter.answer("GET /api/kernels/k1/channels", "404");
    jupyter.kernels().getFirst().cut();
    assertThatThrownBy(this::runUntilFine)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.Code.CONTEXT_NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "{\"header\":", "[]", "{\"content\":{}}"})
  void garbageEndsTheExecutionOrIsPassedOver(String text) throws Exception {
    start(
        false,
        (code, kernel) -> {
          kernel.frame(0x81, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          kernel.run();
        });
    assertThat(run("x")).isInstanceOfAny(Lost.class, Finished.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObserverWithoutRoomHoldsTheKernelBack(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.run("stream", "{\"name\":\"stdout\",\"text\":\"a\"}"));
    observer.withRoom(0);
    kernel.execute("x", observer);
    observer.awaitRefusal();
    assertThat(observer.lines()).isEmpty();
    observer.withRoom(100);
    kernel.resume();
    assertThat(observer.end()).isEqualTo(new Finished());
    assertThat(observer.lines()).contains("STDOUT a");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageOfFiftyMegabytesComesInPieces(boolean binary) throws Exception {
    String megabyte = "é".repeat(1 << 19);
    start(
        binary,
        (code, kernel) ->
            kernel.run("stream", "{\"name\":\"stdout\",\"text\":\"" + megabyte.repeat(50) + "\"}"));
    assertThat(run("x")).isEqualTo(new Finished());
    List<String> pieces =
        observer.lines().stream().filter(line -> line.startsWith("STDOUT ")).toList();
    assertThat(pieces).hasSizeGreaterThan(100).allMatch(piece -> piece.length() < 300_000);
    assertThat(pieces.stream().mapToLong(piece -> piece.length() - 7).sum()).isEqualTo(50L << 19);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPictureThatIsTooLargeForAnEventIsCutIntoPiecesThatDecode(boolean binary) throws Exception {
    String picture = "QUJD".repeat(2_500_000);
    start(
        binary,
        (code, kernel) ->
            kernel.run("display_data", "{\"data\":{\"image/png\":\"" + picture + "\"}}"));
    assertThat(run("x")).isEqualTo(new Finished());
    List<String> pieces =
        observer.lines().stream().filter(line -> line.startsWith("result ")).toList();
    assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> piece.length() < 4 << 20);
    assertThat(pieces).allMatch(piece -> (piece.length() - "result image/png=".length()) % 4 == 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void codeThatTheKernelAbortedBeforeItBeganIsSentAgain(boolean binary) throws Exception {
    int[] times = {0};
    start(
        binary,
        (code, kernel) -> {
          if (++times[0] < 3) {
            kernel.send("execute_reply", "{\"status\":\"aborted\"}");
            kernel.send("status", IDLE);
          } else {
            kernel.run("stream", "{\"name\":\"stdout\",\"text\":\"once\"}");
          }
        });
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines()).containsOnlyOnce("STDOUT once");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptGoesToTheKernelThatRuns(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.run());
    run("x");
    kernel.interrupt().join();
    assertThat(jupyter.requests()).doesNotContain("POST /api/kernels/k1/interrupt");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClosedKernelEndsItsExecutionAndItsSession(boolean binary) throws Exception {
    start(binary, (code, kernel) -> kernel.send("status", "{\"execution_state\":\"busy\"}"));
    kernel.execute("x", observer);
    kernel.close();
    assertThat(observer.end()).isInstanceOf(Died.class);
    assertThat(jupyter.requests()).contains("DELETE /api/sessions/s1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPageInTheReplyIsAResult(boolean binary) throws Exception {
    start(
        binary,
        (code, kernel) -> {
          kernel.send(
              "execute_reply",
              "{\"status\":\"ok\",\"execution_count\":1,\"payload\":[{\"source\":\"page\",\"data\":{\"text/plain\":\"help\"},\"start\":0},{\"source\":\"set_next_input\",\"text\":\"y\"}]}");
          kernel.send("status", IDLE);
        });
    assertThat(run("len?")).isEqualTo(new Finished());
    assertThat(observer.lines()).contains("result text/plain=help").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDisplayNestedDeeplyDoesNotEndTheConnection(boolean binary) throws Exception {
    String deep = "[".repeat(900) + "]".repeat(900);
    start(
        binary,
        (code, kernel) ->
            kernel.run("display_data", "{\"data\":{\"application/json\":" + deep + "}}"));
    assertThat(run("x")).isEqualTo(new Finished());
    assertThat(observer.lines()).contains("result application/json=" + deep);
  }
}
