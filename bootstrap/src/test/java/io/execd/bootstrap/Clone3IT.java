package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What EXECD_CLONE3_COMPAT does to the packaged daemon and to its commands. */
class Clone3IT {
  private static final String FIELDS = "^(NoNewPrivs|Seccomp):";

  @TempDir private Path folder;

  private Packaged start(String mode, int port) throws IOException {
    Map<String, String> environment =
        Map.of("EXECD_CLONE3_COMPAT", mode, "EXECD_CLASS_ARCHIVE", "off");
    return Packaged.executable(Packaged.EXECUTABLE, folder, environment, "--port=" + port);
  }

  @ParameterizedTest
  @CsvSource({"1", "reexec"})
  void theDaemonAndItsCommandsAreFiltered(String mode) throws Exception {
    int port = Packaged.freePort();
    try (Packaged run = start(mode, port)) {
      run.awaitPing(port);
      assertThat(fields("" + run.process().pid())).containsExactly("NoNewPrivs:\t1", "Seccomp:\t2");
      assertThat(command(port)).contains("NoNewPrivs:\\t1", "Seccomp:\\t2");
      assertThat(run.terminate()).isZero();
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void offChangesNothing() throws Exception {
    int port = Packaged.freePort();
    try (Packaged run = start("off", port)) {
      run.awaitPing(port);
      assertThat(fields("" + run.process().pid())).isEqualTo(fields("self"));
      assertThat(run.terminate()).isZero();
    }
  }

  @Test
  void aBadModeIsOneLineAndOne() throws Exception {
    try (Packaged run = start("maybe", Packaged.freePort())) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .startsWith("execd: EXECD_CLONE3_COMPAT: 'maybe' must be one of");
      assertThat(run.out()).isEmpty();
    }
  }

  private static List<String> fields(String pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.matches(FIELDS + ".*"))
        .toList();
  }

  private static String command(int port) throws Exception {
    String body = "{\"command\":\"grep -E '" + FIELDS + "' /proc/self/status\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/command"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
