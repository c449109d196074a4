package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code and clients that misbehave, each against real kernels of a Jupyter of our own. */
@Timeout(120)
class CodeFaultsIT {
  private static final String PYTHON = "{\"language\":\"python\"}";
  private static final String FOREVER = "while True: print('x' * 10000)";
  private static final String STUBBORN =
      """
      import time
      end = time.time() + 7
      while time.time() < end:
        try:
          time.sleep(end - time.time())
        except KeyboardInterrupt:
          pass
      """;

  @TempDir private Path folder;
  private Packaged daemon;
  private CodeClient client;
  private int port;
  private String context;

  @BeforeEach
  void start() throws Exception {
    port = Packaged.freePort();
    daemon = Packaged.withJupyter(folder, port, Map.of());
    client = new CodeClient(port);
    context = client.context(PYTHON);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    daemon.terminate();
    daemon.close();
  }

  @Test
  void ofTwentyClientsOneRunsAndTheOthersAreToldThatItIsBusy() throws Exception {
    String body = body("import time; time.sleep(2)");
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 20).mapToObj(_ -> post(body)).toList();
    List<HttpResponse<String>> answers = asked.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 500)
        .hasSize(19)
        .allMatch(answer -> answer.body().contains("session is busy"))
        .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
    assertThat(text("print(1)")).isEqualTo("1\n");
  }

  @Test
  void aClientThatReadsNothingCostsNeitherMemoryNorTheOthersTheirTime() throws Exception {
    long jupyter = Long.parseLong(text("import os; print(os.getppid())").strip());
    String other = client.context(PYTHON);
    try (Socket _ = stalled()) {
      assertThat(leastGrowth(jupyter, daemon.process().pid())).isLessThan(16);
      assertThat(CodeClient.text(client.runIn(other, "print(1)"))).isEqualTo("1\n");
      assertThat(client.post("/code", body("1")).statusCode()).isEqualTo(500);
    }
    RunningDaemon.await("its kernel is free", () -> post(body("1")).join().statusCode() == 200);
  }

  @Test
  void aKernelThatWaitsForItsClientCanBeInterrupted() throws Exception {
    try (Socket socket = stalled()) {
      assertThat(client.delete("/code?id=" + context).statusCode()).isEqualTo(200);
      assertThat(lastOf(socket.getInputStream())).contains("KeyboardInterrupt", "INTERRUPTED");
    }
  }

  @Test
  void fiftyMebibytesInOneMessageArriveWhole() throws Exception {
    assertThat(text("print('y' * 50_000_000)")).hasSize(50_000_001);
    assertThat(text("'z' * 50_000_000")).hasSize(50_000_002);
  }

  @Test
  void codeThatIgnoresItsTimeoutKeepsItsContextButNotItsClient() throws Exception {
    String answer =
        client.post("/code", body(STUBBORN).replaceFirst("\\{", "{\"timeout\":500,")).body();
    assertThat(answer).contains("EXECUTION_TIMEOUT", "runs on nevertheless");
    assertThat(client.post("/code", body("1")).body()).contains("session is busy");
    RunningDaemon.await("it has ended", () -> post(body("1")).join().statusCode() == 200);
  }

  @Test
  void aContextDeletedWhileItRunsEndsItsStreamAndIsGone() throws Exception {
    Path sign = folder.resolve("runs");
    String code = "open('" + sign + "', 'w'); import time; time.sleep(60)";
    CompletableFuture<HttpResponse<String>> running = post(body(code));
    RunningDaemon.await("it runs", () -> Files.exists(sign));
    assertThat(client.delete("/code/contexts/" + context).statusCode()).isEqualTo(200);
    assertThat(running.get(5, TimeUnit.SECONDS).body()).contains("ContextClosed", "it was deleted");
    assertThat(client.delete("/code/contexts/" + context).statusCode()).isEqualTo(404);
    assertThat(client.post("/code", body("1")).statusCode()).isEqualTo(404);
  }

  private String body(String code) {
    return new ObjectMapper()
        .createObjectNode()
        .put("code", code)
        .set("context", new ObjectMapper().createObjectNode().put("id", context))
        .toString();
  }

  private String text(String code) throws Exception {
    List<JsonNode> events = client.runIn(context, code);
    assertThat(CodeClient.end(events)).isEqualTo("execution_complete");
    return CodeClient.text(events);
  }

  private CompletableFuture<HttpResponse<String>> post(String body) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.post("/code", body);
          } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  /** A client that runs what prints without end and does not read, once its kernel is stopped. */
  private Socket stalled() throws Exception {
    Path kernel = Path.of("/proc", text("import os; print(os.getpid())").strip(), "stat");
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String body = body(FOREVER);
    String head = "POST /code HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length();
    socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    RunningDaemon.await("the kernel is stopped", () -> isStopped(kernel));
    return socket;
  }

  private static boolean isStopped(Path stat) {
    try {
      return Files.readString(stat).contains(") T ");
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }

  /** The end of a body, whose last chunk is empty. */
  private static String lastOf(InputStream in) throws IOException {
    String last = "";
    byte[] bytes = new byte[64 * 1024];
    while (!last.endsWith("\r\n0\r\n\r\n")) {
      int count = in.read(bytes);
      assertThat(count).as("the connection ended inside the body").isPositive();
      String seen = last + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      last = seen.substring(Math.max(0, seen.length() - bytes.length));
    }
    return last;
  }

  /**
   * Of the memory of two processes in two seconds, in MB, once what was on its way has arrived; it
   * is 100 if nothing holds it back.
   */
  private static long leastGrowth(long one, long other) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10 && least >= 16; i++) {
      long before = resident(one) + resident(other);
      TimeUnit.SECONDS.sleep(2);
      least = Math.min(least, resident(one) + resident(other) - before);
    }
    return least;
  }

  /** In MB. */
  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }
}
