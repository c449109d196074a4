package io.execd.bootstrap;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of the packaged daemon: the jar, or the executable file. Ends with its test. */
final class Packaged implements AutoCloseable {
  static final Path JAR = Path.of("target", "execd.jar").toAbsolutePath();
  static final Path EXECUTABLE = Path.of("target", "execd").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final Path out;
  private final Path err;

  private Packaged(List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    out = Files.createTempFile(folder, "out", ".txt");
    err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", folder.toString());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    process = builder.start();
  }

  static Packaged jar(Path folder, String... words) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Packaged(join(List.of(java, "-jar", JAR.toString()), words), Map.of(), folder);
  }

  static Packaged executable(
      Path file, Path folder, Map<String, String> environment, String... words) throws IOException {
    return new Packaged(join(List.of(file.toString()), words), environment, folder);
  }

  /** The executable with a Jupyter server of its own; answers. */
  static Packaged withJupyter(Path folder, int port, Map<String, String> environment)
      throws Exception {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("EXECD_CLASS_ARCHIVE", "off");
    Packaged daemon =
        executable(
            EXECUTABLE,
            folder,
            variables,
            "--port=" + port,
            "--jupyter=managed",
            "--jupyter-venv=" + Kernels.neededVenv());
    daemon.awaitPing(port);
    return daemon;
  }

  private static List<String> join(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Blocks until it answers; fails when it ends instead. */
  void awaitPing(int port) throws Exception {
    while (!answers(port)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended with " + process.exitValue() + ": " + err());
      }
    }
  }

  /** Blocks until it says on stdout that all is built; fails when it ends instead. */
  void awaitReady() throws Exception {
    awaitReady(out);
  }

  /** The same for a daemon that logs to a file. */
  void awaitReady(Path log) throws Exception {
    while (!Files.exists(log) || !Files.readString(log).contains(" ready on port ")) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended with " + process.exitValue() + ": " + err());
      }
    }
  }

  private static boolean answers(int port) throws InterruptedException {
    HttpRequest ping =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  Process process() {
    return process;
  }

  /** SIGTERM, as a supervisor sends it. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
