package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language against its real kernel: state kept, output, error, interrupt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class CodeLanguagesIT {
  private Packaged daemon;
  private Database database;
  private CodeClient client;

  /**
   * One language.
   *
   * @param first leaves something behind
   * @param second prints 42 with its help
   * @param failing fails, which is told with this word
   * @param sleeping takes long
   */
  record Language(
      String name, String first, String second, String failing, String word, String sleeping) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    int port = Packaged.freePort();
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    Map<String, String> path = Map.of("PATH", java + ":" + System.getenv("PATH"));
    daemon = Packaged.withJupyter(folder, port, path);
    database = Database.start(folder);
    client = new CodeClient(port);
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    assertThat(daemon.terminate()).isZero();
    daemon.close();
    database.close();
  }

  static List<Language> languages() {
    String forEver = "await new Promise(done => setTimeout(done, 60000))";
    List<Language> all = new ArrayList<>();
    all.add(
        new Language(
            "python",
            "x = 40",
            "print(x + 2)",
            "1/0",
            "ZeroDivisionError",
            "import time; time.sleep(60)"));
    all.add(new Language("bash", "x=40", "echo $((x + 2))", "nosuch", "127", "sleep 60"));
    all.add(
        new Language(
            "javascript",
            "let x = 40",
            "console.log(x + 2)",
            "throw new Error('no')",
            "Error",
            forEver));
    all.add(
        new Language(
            "typescript",
            "let x: number = 40",
            "console.log(x + 2)",
            "throw new Error('no')",
            "Error",
            forEver));
    all.add(
        new Language(
            "sql",
            "CREATE OR REPLACE TABLE it (x INT); INSERT INTO it VALUES (40)",
            "SELECT x + 2 FROM it",
            "SELEC",
            "SQLError",
            "SELECT SLEEP(60)"));
    all.add(
        new Language(
            "java",
            "int x = 40;",
            "System.out.println(x + 2);",
            "Object o = null; o.hashCode();",
            "NullPointerException",
            "Thread.sleep(60000);"));
    all.add(
        new Language(
            "go",
            "x := 40",
            "import \"fmt\"\nfmt.Println(x + 2)",
            "panic(\"no\")",
            "no",
            "for {}"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("languages")
  void stateIsKeptAndOutputComesBeforeTheEnd(Language language) throws Exception {
    Kernels.need(language.name());
    List<JsonNode> first = client.run(language.name(), language.first());
    assertThat(CodeClient.end(first)).as(first.toString()).isEqualTo("execution_complete");
    List<JsonNode> second = client.run(language.name(), language.second());
    assertThat(CodeClient.text(second)).contains("42");
    assertThat(second.getFirst().path("type").asText()).isEqualTo("init");
    assertThat(CodeClient.end(second)).isEqualTo("execution_complete");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void anErrorIsTheLastEventAndTheContextLivesOn(Language language) throws Exception {
    Kernels.need(language.name());
    List<JsonNode> failed = client.run(language.name(), language.failing());
    assertThat(CodeClient.end(failed)).isEqualTo("error");
    assertThat(failed.getLast().path("code").asText()).isEqualTo("COMMAND_FAILED");
    assertThat(failed.toString()).contains(language.word());
    client.run(language.name(), language.first());
    assertThat(CodeClient.text(client.run(language.name(), language.second()))).contains("42");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void anInterruptEndsWhatRuns(Language language) throws Exception {
    Kernels.need(language.name());
    List<JsonNode> events =
        client.run(language.name(), language.sleeping(), 30_000, this::interruptWhenBusy);
    assertThat(CodeClient.end(events)).as(events.toString()).isEqualTo("error");
    assertThat(events.getLast().path("code").asText()).isEqualTo("INTERRUPTED");
  }

  private String running = "";

  private void interruptWhenBusy(JsonNode event) {
    if (event.path("type").asText().equals("init")) {
      running = event.path("text").asText();
    } else if (event.path("type").asText().equals("status")
        && event.path("text").asText().equals("busy")) {
      // The kernel says that it is busy before it has begun with the code itself.
      Thread.ofVirtual().start(this::interruptSoon);
    }
  }

  private void interruptSoon() {
    try {
      Thread.sleep(1500);
      client.delete("/code?id=" + running);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anUnknownLanguageIsRefusedWithThoseThatAreThere() throws Exception {
    String answer = client.post("/code/context", "{\"language\":\"cobol\"}").body();
    assertThat(answer).contains("INVALID_REQUEST_BODY").contains("bash").contains("python");
  }

  @Test
  void aPlotArrivesAsAPicture() throws Exception {
    List<JsonNode> events =
        client.run(
            "python",
            "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()");
    assertThat(events.toString()).contains("\"image/png\":\"iVBORw0KGgo");
  }

  @Test
  void inputSaysThatThereIsNone() throws Exception {
    List<JsonNode> events = client.run("python", "input()");
    assertThat(events.getLast().toString()).contains("StdinNotImplementedError");
  }

  @Test
  void aKernelThatExitsEndsTheStreamAndIsThereAgain() throws Exception {
    List<JsonNode> events = client.run("python", "import os; os._exit(3)");
    assertThat(events.getLast().toString()).contains("KernelDied");
    List<JsonNode> again = client.run("python", "print(6 * 7)");
    assertThat(CodeClient.text(again)).contains("42");
    assertThat(again.toString()).contains("restarted");
  }

  @Test
  void commandsSeeThePortOfJupyter() throws Exception {
    client.run("python", "1");
    String answer =
        client
            .post("/command", "{\"command\":\"exec 3<>/dev/tcp/127.0.0.1/$JUPYTER_PORT; echo up\"}")
            .body();
    assertThat(answer).contains("\"up\"").contains("execution_complete");
  }
}
