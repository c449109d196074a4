package io.execd.bootstrap;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MariaDB on port 3306: one that listens there already, else the machine's or the one that {@code
 * bootstrap/kernels} has unpacked, started for a test. No rights are needed.
 */
final class Database implements AutoCloseable {
  private static final Path UNPACKED = Kernels.folder().resolve("mariadb");

  private final Optional<Process> server;

  private Database(Optional<Process> server) {
    this.server = server;
  }

  static boolean isThere() {
    return listens() || program("mariadbd").isPresent();
  }

  /** One that answers, or nothing at all where there is none. */
  static Database start(Path folder) throws IOException, InterruptedException {
    if (listens() || !isThere()) {
      return new Database(Optional.empty());
    }
    Path data = folder.resolve("db");
    Path log = folder.resolve("db.log");
    int made =
        builder("mariadb-install-db", data, log, "--auth-root-authentication-method=normal")
            .start()
            .waitFor();
    if (made != 0) {
      throw new AssertionError("mariadb-install-db failed: " + Files.readString(log));
    }
    String socket = "--socket=" + folder.resolve("db.sock");
    Process server = builder("mariadbd", data, log, socket, "--bind-address=127.0.0.1").start();
    RunningDaemon.await("the database listens", () -> !server.isAlive() || listens());
    if (!server.isAlive()) {
      throw new AssertionError("mariadbd ended: " + Files.readString(log));
    }
    return new Database(Optional.of(server));
  }

  private static ProcessBuilder builder(String program, Path data, Path log, String... more)
      throws IOException {
    Path file = program(program).orElseThrow();
    List<String> words = new ArrayList<>(List.of(file.toString(), "--no-defaults"));
    words.addAll(List.of("--datadir=" + data, "--user=" + System.getProperty("user.name")));
    words.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(words);
    if (file.startsWith(UNPACKED)) {
      words.add("--basedir=" + UNPACKED.resolve("usr"));
      builder.environment().put("LD_LIBRARY_PATH", libraries());
    }
    return builder.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private static String libraries() throws IOException {
    try (Stream<Path> folders = Files.walk(UNPACKED, 3)) {
      return String.join(
          ":",
          folders
              .filter(folder -> folder.toString().endsWith("-linux-gnu"))
              .map(Path::toString)
              .toList());
    }
  }

  /** Ordinary users have no sbin in their PATH, where Debian has the server. */
  private static Optional<Path> program(String name) {
    Stream<Path> system =
        Stream.concat(
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of),
            Stream.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin")));
    Stream<Path> own = Stream.of(UNPACKED.resolve("usr/sbin"), UNPACKED.resolve("usr/bin"));
    return Stream.concat(system, own)
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 3306)) {
      return socket.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  @Override
  public void close() {
    server.ifPresent(process -> process.destroyForcibly().onExit().join());
  }
}
