package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jupyter servers that others run, each in its own way, or do not run at all. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // every test begins with start
class ExternalJupyterIT {
  private static final String NO_TOKEN = "--IdentityProvider.token=";
  private static final String WITH_TOKEN = "--IdentityProvider.token=secret";
  private static final String PRINT = "{\"language\":\"python\",\"code\":\"print(42)\"}";

  @TempDir private Path folder;
  private Packaged daemon;
  private CodeClient client;

  private void start(String javaOptions, String... settings) throws Exception {
    int port = Packaged.freePort();
    String[] words = new String[settings.length + 1];
    words[0] = "--port=" + port;
    System.arraycopy(settings, 0, words, 1, settings.length);
    daemon =
        Packaged.executable(
            Packaged.EXECUTABLE,
            folder,
            Map.of("EXECD_CLASS_ARCHIVE", "off", "EXECD_JAVA_OPTS", javaOptions),
            words);
    daemon.awaitPing(port);
    client = new CodeClient(port);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    daemon.terminate();
    daemon.close();
  }

  @Test
  void oneWithoutATokenAndWithARootOfItsOwnStartsKernelsWhereTheyAreWanted() throws Exception {
    int port = Packaged.freePort();
    start("", "--jupyter-host=http://127.0.0.1:" + port);
    try (ExternalJupyter _ =
        new ExternalJupyter(folder, port, NO_TOKEN, "--ServerApp.root_dir=" + folder)) {
      assertThat(whereItRuns("python", "import os; print(os.getcwd())")).isEqualTo("/usr\n");
      assertThat(whereItRuns("bash", "pwd")).isEqualTo("/usr\n");
    }
  }

  /** Also that the folder was not changed by something that counts as the caller's code. */
  private String whereItRuns(String language, String code) throws Exception {
    String id = client.context("{\"language\":\"%s\",\"cwd\":\"/usr\"}".formatted(language));
    List<JsonNode> events = client.runIn(id, code);
    assertThat(events).anyMatch(event -> event.path("execution_count").asInt() == 1);
    return CodeClient.text(events);
  }

  @Test
  void oneThatComesLaterIsUsedThenAndOneThatComesBackToo() throws Exception {
    int port = Packaged.freePort();
    start("", "--jupyter-host=http://127.0.0.1:" + port, "--jupyter-token=secret");
    HttpResponse<String> tooEarly = client.post("/code", PRINT);
    assertThat(tooEarly.statusCode()).isEqualTo(503);
    assertThat(tooEarly.body()).contains("EXECD_NOT_READY", "nobody listens there");
    String context;
    try (ExternalJupyter _ = new ExternalJupyter(folder, port, WITH_TOKEN)) {
      assertThat(text()).isEqualTo("42\n");
      context = client.run("python", "1").getFirst().path("text").asText();
    }
    assertThat(client.post("/code", PRINT).statusCode()).isEqualTo(503);
    try (ExternalJupyter _ = new ExternalJupyter(folder, port, WITH_TOKEN)) {
      assertThat(text()).isEqualTo("42\n");
      assertThat(client.get("/code/contexts/" + context).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aHostThatAcceptsAndNeverAnswersIsGivenUpSoon() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      start("", "--jupyter-host=http://127.0.0.1:" + silent.getLocalPort());
      HttpResponse<String> answer = client.post("/code", PRINT);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("EXECD_NOT_READY", "it does not answer in time");
    }
  }

  @Test
  void aWrongTokenIsSaidToBeOne() throws Exception {
    int port = Packaged.freePort();
    start("", "--jupyter-host=http://127.0.0.1:" + port, "--jupyter-token=wrong");
    try (ExternalJupyter _ = new ExternalJupyter(folder, port, WITH_TOKEN)) {
      HttpResponse<String> answer = client.post("/code", PRINT);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("it wants another token").doesNotContain("wrong");
    }
  }

  @Test
  void oneWithACertificateOfItsOwnNeedsATrustStore() throws Exception {
    int port = Packaged.freePort();
    Certificate certificate = Certificate.make(folder);
    String host = "--jupyter-host=https://localhost:" + port;
    try (ExternalJupyter _ =
        new ExternalJupyter(
            folder,
            port,
            WITH_TOKEN,
            "--ServerApp.certfile=" + certificate.pem(),
            "--ServerApp.keyfile=" + certificate.key())) {
      start("", host, "--jupyter-token=secret");
      assertThat(client.post("/code", PRINT).body())
          .contains("its certificate is not trusted", "EXECD_JAVA_OPTS");
      stop();
      start(certificate.trusted(), host, "--jupyter-token=secret");
      assertThat(text()).isEqualTo("42\n");
    }
  }

  private String text() throws Exception {
    return CodeClient.text(client.run("python", "print(42)"));
  }
}
