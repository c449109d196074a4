package io.execd.bootstrap.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of options: every flag and variable the daemon knows. */
final class Options {
  static final Option<Optional<URI>> JUPYTER_HOST =
      new Option<>(
          "jupyter-host",
          "JUPYTER_HOST",
          "URL",
          "",
          Values::httpUrl,
          "Jupyter server for code execution; starts with http:// or https://");
  static final Option<Secret> JUPYTER_TOKEN =
      new Option<>(
          "jupyter-token",
          "JUPYTER_TOKEN",
          Option.TOKEN,
          "",
          Secret::new,
          "token of that server; masked in logs");
  static final Option<JupyterMode> JUPYTER =
      new Option<>(
          "jupyter",
          "EXECD_JUPYTER",
          "MODE",
          "external",
          JupyterMode::parse,
          "external, managed (run one when code comes) or managed-eager (at once)");
  static final Option<Optional<Path>> JUPYTER_VENV =
      new Option<>(
          "jupyter-venv",
          "EXECD_JUPYTER_VENV",
          "FOLDER",
          "",
          Values::path,
          "virtual environment whose Jupyter to run; found on PATH otherwise");
  static final Option<Integer> PORT =
      new Option<>(
          "port",
          "",
          "PORT",
          "44772",
          text -> Values.integer(text, 0, 65_535),
          "TCP port on all IPv4 interfaces; 0 lets the system choose");
  static final Option<Integer> LOG_LEVEL =
      new Option<>(
          "log-level",
          "",
          "LEVEL",
          "6",
          text -> Values.integer(text, 0, 7),
          "0 emergency, 3 error, 4 warning, 5 notice, 6 info, 7 debug");
  static final Option<Secret> ACCESS_TOKEN =
      new Option<>(
          "access-token",
          "EXECD_ACCESS_TOKEN",
          Option.TOKEN,
          "",
          Values::headerSecret,
          "wanted in header X-EXECD-ACCESS-TOKEN of every request; empty: everything is open");
  static final Option<Duration> GRACEFUL_SHUTDOWN =
      new Option<>(
          "graceful-shutdown-timeout",
          "EXECD_API_GRACE_SHUTDOWN",
          "DURATION",
          "1s",
          Durations::parseNotNegative,
          "how long open streams may drain at the end; 0s does not wait");
  static final Option<Integer> MAX_CONNECTIONS =
      new Option<>(
          "",
          "EXECD_MAX_CONNECTIONS",
          "NUMBER",
          "4096",
          text -> Values.integer(text, 16, 1_000_000),
          "open at the same time; half of the descriptors at most");
  static final Option<Duration> JUPYTER_IDLE_POLL =
      new Option<>(
          "jupyter-idle-poll-interval",
          "EXECD_JUPYTER_IDLE_POLL_INTERVAL",
          "DURATION",
          "100ms",
          Durations::parse,
          "a tenth of the wait for a late reply; zero or less means the default");
  static final Option<Clone3Mode> CLONE3_COMPAT =
      new Option<>(
          "",
          "EXECD_CLONE3_COMPAT",
          "MODE",
          "off",
          Clone3Mode::parse,
          "off, on (answer clone3 with ENOSYS) or reexec (the same, then start once more)");
  static final Option<Optional<Path>> LOG_FILE =
      new Option<>(
          "",
          "EXECD_LOG_FILE",
          "FILE",
          "",
          Values::path,
          "log there instead of stdout; 10 MiB, then FILE.1 and FILE.2 are kept");
  static final Option<Optional<Path>> ENV_FILE =
      new Option<>(
          "",
          "EXECD_ENVS",
          "FILE",
          "",
          Values::path,
          "file of NAME=VALUE lines for every command, read anew for each");
  static final Option<Duration> RETENTION =
      new Option<>(
          "",
          "EXECD_COMMAND_RETENTION",
          "DURATION",
          "24h",
          Durations::parseNotNegative,
          "how long records and logs of finished commands are kept");
  static final Option<Integer> MAX_RECORDS =
      new Option<>(
          "",
          "EXECD_COMMAND_RETENTION_COUNT",
          "NUMBER",
          "10000",
          text -> Values.integer(text, 1, 1_000_000),
          "finished commands kept at most; the oldest go first");
  static final Option<Long> MAX_LOG_BYTES =
      new Option<>(
          "",
          "EXECD_COMMAND_RETENTION_BYTES",
          "SIZE",
          "1GiB",
          Values::bytes,
          "logs of finished commands kept at most, in all (bytes, or KiB, MiB, GiB)");
  static final Option<Optional<URI>> OTLP_METRICS_ENDPOINT =
      new Option<>(
          "",
          "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
          "URL",
          "",
          Values::httpUrl,
          "post metrics there (OTLP over HTTP)");
  static final Option<Optional<URI>> OTLP_ENDPOINT =
      new Option<>(
          "",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "URL",
          "",
          Values::httpUrl,
          "post metrics to URL/v1/metrics; metrics are off without either");
  static final Option<String> SERVICE_NAME =
      new Option<>(
          "",
          "OTEL_SERVICE_NAME",
          "NAME",
          "opensandbox-execd",
          text -> text,
          "service name on metrics");
  static final Option<String> SANDBOX_ID =
      new Option<>("", "OPENSANDBOX_ID", "ID", "", text -> text, "attribute sandbox_id on metrics");
  static final Option<Map<String, String>> EXTRA_ATTRIBUTES =
      new Option<>(
          "",
          "OPENSANDBOX_EXECD_METRICS_EXTRA_ATTRS",
          "K=V,…",
          "",
          Values::pairs,
          "more attributes on metrics");

  /** In the order of the help text. */
  static final List<Option<?>> ALL =
      List.of(
          PORT,
          ACCESS_TOKEN,
          LOG_LEVEL,
          LOG_FILE,
          GRACEFUL_SHUTDOWN,
          MAX_CONNECTIONS,
          JUPYTER_HOST,
          JUPYTER_TOKEN,
          JUPYTER,
          JUPYTER_VENV,
          JUPYTER_IDLE_POLL,
          ENV_FILE,
          RETENTION,
          MAX_RECORDS,
          MAX_LOG_BYTES,
          CLONE3_COMPAT,
          OTLP_METRICS_ENDPOINT,
          OTLP_ENDPOINT,
          SERVICE_NAME,
          SANDBOX_ID,
          EXTRA_ATTRIBUTES);

  /**
   * Variables that the start script {@code execd} reads before there is a JVM; here for the help
   * text only.
   */
  static final List<Option<?>> OF_START_SCRIPT =
      List.of(
          script(
              "EXECD_JAVA_HOME", "FOLDER", "", "Java 25 or later to run on; looked for otherwise"),
          script(
              "EXECD_JAVA_OPTS", "FLAGS", "", "JVM flags after its own; -Xmx128m raises the heap"),
          script(
              "EXECD_CLASS_ARCHIVE",
              "on|off",
              "on",
              "keep a class archive in ~/.cache/execd, which makes the next start faster"));

  private Options() {}

  private static Option<String> script(
      String variable, String value, String fallback, String meaning) {
    return new Option<>("", variable, value, fallback, text -> text, meaning);
  }
}
