package io.execd.bootstrap;

import io.execd.api.AnswerCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged daemon on a free port, and clients for it. */
final class RunningDaemon implements AutoCloseable {
  private static final String ESTABLISHED = "01";
  private static final String CLOSE_WAIT = "08";

  private final int port;
  private final Packaged packaged;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningDaemon(Path folder) throws Exception {
    port = Packaged.freePort();
    packaged =
        Packaged.executable(
            Packaged.EXECUTABLE,
            folder,
            Map.of("EXECD_CLASS_ARCHIVE", "off"),
            "--port=" + port,
            "--log-level=4");
    packaged.awaitPing(port);
  }

  int port() {
    return port;
  }

  /** Sends one request and gives the answer. */
  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return AnswerCheck.ofSpec()
        .checked(client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1)));
  }

  /** Runs a command to its end and gives the whole stream. */
  String run(String command) throws IOException, InterruptedException {
    return ask(request("/command").POST(body(command, false))).body();
  }

  /** Starts a command in the background and gives its id. */
  String start(String command) throws IOException, InterruptedException {
    return id(ask(request("/command").POST(body(command, true))).body());
  }

  /** What the daemon has written so far. */
  String log() throws IOException {
    return packaged.out() + packaged.err();
  }

  int interrupt(String id) throws IOException, InterruptedException {
    return ask(request("/command?id=" + id).DELETE()).statusCode();
  }

  String status(String id) throws IOException, InterruptedException {
    return ask(request("/command/status/" + id).GET()).body();
  }

  /** Sends one request whose answer is text. */
  private HttpResponse<String> ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return AnswerCheck.ofSpec().checked(client.send(request.build(), BodyHandlers.ofString()));
  }

  /** A client that has sent its request and read the answer up to the first event. */
  Socket open(String command) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String json = json(command, false);
    String head = "POST /command HTTP/1.1\r\nHost: x\r\nContent-Length: " + json.length();
    socket.getOutputStream().write((head + "\r\n\r\n" + json).getBytes(StandardCharsets.UTF_8));
    BufferedReader reader = reader(socket);
    String line = reader.readLine();
    while (line != null && !line.contains("\"init\"")) {
      line = reader.readLine();
    }
    return socket;
  }

  static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
  }

  static String id(String stream) {
    int from = stream.indexOf("\"text\":\"") + 8;
    return stream.substring(from, stream.indexOf('"', from));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpRequest.BodyPublisher body(String command, boolean background) {
    return HttpRequest.BodyPublishers.ofString(json(command, background));
  }

  private static String json(String command, boolean background) {
    return "{\"command\":\"%s\",\"background\":%s}".formatted(command, background);
  }

  /** SIGTERM; gives the exit code. */
  int terminate() throws InterruptedException {
    return packaged.terminate();
  }

  Process process() {
    return packaged.process();
  }

  long children() {
    return packaged.process().children().count();
  }

  /**
   * Counts the open descriptors, without the logs that are kept and the connections of clients that
   * are still there. A connection whose client has left counts until the daemon closes it.
   */
  long descriptors() throws IOException {
    Set<String> connected = sockets(ESTABLISHED);
    try (Stream<Path> open = Files.list(proc("fd"))) {
      return open.map(RunningDaemon::target)
          .filter(target -> !target.contains(".log") && !connected.contains(target))
          .count();
    }
  }

  /** Counts the same once the daemon has closed the connections of all clients that have left. */
  long descriptorsAtRest() throws IOException, InterruptedException {
    await("connections of clients that left are closed", () -> sockets(CLOSE_WAIT).isEmpty());
    return descriptors();
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedSince) {
      return "closed since, perhaps a .log";
    }
  }

  /** The daemon's ends of the connections in this state (proc_pid_net(5)), as links name them. */
  private Set<String> sockets(String state) {
    try (Stream<String> four = Files.lines(proc("net/tcp"));
        Stream<String> six = Files.lines(proc("net/tcp6"))) {
      return Stream.concat(four, six)
          .map(line -> line.strip().split("\\s+", -1))
          .filter(words -> words[1].endsWith(":%04X".formatted(port)) && words[3].equals(state))
          .map(words -> "socket:[" + words[9] + "]")
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resident memory in KiB. */
  long residentKib() throws IOException {
    try (Stream<String> lines = Files.lines(proc("status"))) {
      String line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(packaged.process().pid()), file);
  }

  /** Waits for something outside of this process that tells nobody. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never: " + what);
  }

  @Override
  public void close() {
    client.close();
    packaged.close();
  }
}
