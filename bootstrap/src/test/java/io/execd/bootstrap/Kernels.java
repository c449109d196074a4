package io.execd.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code bootstrap/kernels} has installed. */
final class Kernels {
  private static final Path FOLDER =
      Path.of(System.getenv().getOrDefault("EXECD_KERNELS", "/opt/execd-kernels"));

  private Kernels() {}

  /** The virtual environment with Jupyter. */
  static Path venv() {
    Path venv = FOLDER.resolve("venv");
    if (!Files.isExecutable(venv.resolve("bin/jupyter-server"))) {
      throw new AssertionError("no Jupyter in " + venv + ": run bootstrap/kernels first");
    }
    return venv;
  }

  /** Whether a kernel of this kind is there. */
  static boolean has(String name) throws IOException {
    try (Stream<Path> specs = Files.list(venv().resolve("share/jupyter/kernels"))) {
      return specs.anyMatch(spec -> spec.getFileName().toString().equals(name));
    }
  }

  /** A database server on port 3306, unless one listens there already. Ends with its test. */
  static AutoCloseable database(Path folder) throws IOException, InterruptedException {
    if (listens()) {
      return () -> {};
    }
    Path data = folder.resolve("db");
    run(
        "mariadb-install-db",
        "--no-defaults",
        "--user=root",
        "--datadir=" + data,
        "--auth-root-authentication-method=normal");
    Process server =
        builder(
                "mariadbd",
                "--no-defaults",
                "--user=root",
                "--datadir=" + data,
                "--socket=" + folder.resolve("db.sock"),
                "--bind-address=127.0.0.1")
            .start();
    RunningDaemon.await("the database listens", Kernels::listens);
    return () -> server.destroyForcibly().onExit().join();
  }

  private static void run(String... words) throws IOException, InterruptedException {
    if (builder(words).start().waitFor() != 0) {
      throw new AssertionError("failed: " + List.of(words));
    }
  }

  private static ProcessBuilder builder(String... words) {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 3306)) {
      return socket.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }
}
