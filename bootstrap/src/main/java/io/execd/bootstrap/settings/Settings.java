package io.execd.bootstrap.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a caller of the daemon can set, checked and typed. Safe to print: tokens are masked.
 */
public record Settings(
    Server server, Jupyter jupyter, Log log, Commands commands, Telemetry telemetry) {

  /**
   * The HTTP server.
   *
   * @param port 0 to 65535; 0 lets the system choose
   * @param gracefulShutdown how long open streams may drain at the end; zero or more
   * @param maxConnections open at the same moment; at least 1
   */
  public record Server(
      int port, Secret accessToken, Duration gracefulShutdown, int maxConnections) {}

  /**
   * The Jupyter server behind the code slice.
   *
   * @param host empty when none is configured, or when the daemon runs its own
   * @param venv where to look first for the one to run
   * @param idlePoll always positive
   */
  public record Jupyter(
      Optional<URI> host, Secret token, JupyterMode mode, Optional<Path> venv, Duration idlePoll) {}

  /**
   * The daemon's own log.
   *
   * @param level syslog severity, 0 (emergency) to 7 (debug)
   * @param file empty for stdout
   */
  public record Log(int level, Optional<Path> file) {}

  /**
   * How commands run and what is kept of them.
   *
   * @param envFile variables for every command, read anew for each
   * @param retention how long a finished command's record and log are kept
   * @param maxRecords finished commands kept at most
   * @param maxLogBytes bytes of finished background logs kept at most, over all commands
   */
  public record Commands(
      Optional<Path> envFile,
      Duration retention,
      int maxRecords,
      long maxLogBytes,
      Clone3Mode clone3) {}

  /**
   * Metrics export over OTLP.
   *
   * @param metricsEndpoint where metrics are posted; empty turns the export off
   * @param sandboxId empty when the sandbox has no name
   * @param attributes put on every metric, in the order given
   */
  public record Telemetry(
      Optional<URI> metricsEndpoint,
      String serviceName,
      String sandboxId,
      Map<String, String> attributes) {}
}
