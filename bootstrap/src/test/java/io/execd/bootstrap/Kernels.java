package io.execd.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What {@code bootstrap/kernels} has installed, in the folder that {@code tools.sh} tells. */
public final class Kernels {
  private Kernels() {}

  /** The folder: EXECD_KERNELS, or execd in XDG_DATA_HOME or ~/.local/share. */
  static Path folder() {
    String chosen = System.getenv("EXECD_KERNELS");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen);
    }
    String data = System.getenv("XDG_DATA_HOME");
    return data != null && data.startsWith("/")
        ? Path.of(data, "execd")
        : Path.of(System.getProperty("user.home"), ".local", "share", "execd");
  }

  /** The virtual environment with Jupyter; whether it is there is another question. */
  public static Path venv() {
    return folder().resolve("venv");
  }

  /** The same, which must be there. */
  static Path neededVenv() {
    if (!Files.isExecutable(venv().resolve("bin/jupyter-server"))) {
      throw new AssertionError("no Jupyter in " + venv() + ": run bootstrap/kernels first");
    }
    return venv();
  }

  /**
   * Skips a test, which then counts as not run, where the optional kernel of its language is not.
   */
  static void need(String language) throws IOException {
    switch (language) {
      case "sql" -> assumeTrue(Database.isThere(), "needs MariaDB");
      case "java" -> assumeTrue(has("java"), "needs a kernel of Java");
      case "go" -> assumeTrue(has("gophernotes"), "needs a kernel of Go");
      default -> {} // bootstrap/kernels fails without the others
    }
  }

  private static boolean has(String kernel) throws IOException {
    try (Stream<Path> specs = Files.list(neededVenv().resolve("share/jupyter/kernels"))) {
      return specs.anyMatch(spec -> spec.getFileName().toString().equals(kernel));
    }
  }
}
