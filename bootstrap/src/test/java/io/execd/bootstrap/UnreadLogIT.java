package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is not read neither stops the requests nor the end. */
@Timeout(120)
class UnreadLogIT {
  /** Lines of more than 1 KB each: more than the pipe and the queue hold. */
  private static final int REQUESTS = 3000;

  @TempDir private Path folder;

  private static void request(int port) throws Exception {
    String path = "/files/info?path=/none/" + "x".repeat(1000);
    HttpRequest request = HttpRequest.newBuilder(uri(port, path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
      }
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private ProcessBuilder daemon(int port) {
    ProcessBuilder builder =
        new ProcessBuilder(Packaged.EXECUTABLE.toString(), "--port=" + port)
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("EXECD_CLASS_ARCHIVE", "off");
    return builder;
  }

  private static void assertEndsInOrder(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** The JDK reads nothing of the pipe of a child unless it is asked to. */
  @Test
  void anUnreadStdoutStopsNothingAndSaysLaterWhatItDropped() throws Exception {
    int port = Packaged.freePort();
    Process process = daemon(port).start();
    try (InputStream out = process.getInputStream()) {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
      assertThat(reader.lines().anyMatch(line -> line.contains("ready on port"))).isTrue();
      request(port);
      assertThat(reader.lines().anyMatch(line -> line.contains("log lines dropped"))).isTrue();
      assertEndsInOrder(process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anUnreadStdoutDoesNotHoldTheEndUp() throws Exception {
    int port = Packaged.freePort();
    Process process = daemon(port).start();
    try (InputStream out = process.getInputStream()) {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
      assertThat(reader.lines().anyMatch(line -> line.contains("ready on port"))).isTrue();
      request(port);
      assertEndsInOrder(process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aLogFileThatIsAFifoWithoutReaderStopsNeitherTheStartNorTheEnd() throws Exception {
    Path fifo = folder.resolve("log");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    int port = Packaged.freePort();
    Map<String, String> variables =
        Map.of("EXECD_CLASS_ARCHIVE", "off", "EXECD_LOG_FILE", fifo.toString());
    try (Packaged daemon =
        Packaged.executable(Packaged.EXECUTABLE, folder, variables, "--port=" + port)) {
      daemon.awaitPing(port);
      request(port);
      assertThat(daemon.terminate()).isZero();
    }
    assertThat(Files.exists(fifo)).isTrue();
  }
}
