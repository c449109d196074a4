package io.execd.bootstrap.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads flags and variables into {@link Settings}; a flag beats its variable. */
public final class SettingsParser {
  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final List<String> warnings = new ArrayList<>();

  private SettingsParser(Map<String, String> flags, Map<String, String> environment) {
    this.flags = flags;
    this.environment = environment;
  }

  /** Never throws for what a caller can get wrong: that comes back as {@code Refused}. */
  public static Invocation parse(List<String> words, Map<String, String> environment) {
    try {
      Arguments arguments = Arguments.parse(words);
      if (arguments.help()) {
        return new Invocation.PrintHelp();
      }
      return arguments.version()
          ? new Invocation.PrintVersion()
          : new SettingsParser(arguments.flags(), environment).run();
    } catch (BadOption e) {
      return new Invocation.Refused(e.getMessage(), e.exitCode());
    } catch (BadValue e) {
      return new Invocation.Refused(String.valueOf(e.getMessage()), 2);
    }
  }

  private Invocation run() {
    Settings settings = new Settings(server(), jupyter(), log(), commands(), telemetry());
    return new Invocation.Run(settings, List.copyOf(warnings));
  }

  private Settings.Server server() {
    return new Settings.Server(
        get(Options.PORT),
        get(Options.ACCESS_TOKEN),
        get(Options.GRACEFUL_SHUTDOWN),
        get(Options.MAX_CONNECTIONS));
  }

  private Settings.Jupyter jupyter() {
    JupyterMode mode = get(Options.JUPYTER);
    return new Settings.Jupyter(
        jupyterHost(mode), get(Options.JUPYTER_TOKEN), mode, get(Options.JUPYTER_VENV), idlePoll());
  }

  private Optional<URI> jupyterHost(JupyterMode mode) {
    Optional<URI> host = get(Options.JUPYTER_HOST);
    if (mode == JupyterMode.EXTERNAL || host.isEmpty()) {
      return host;
    }
    warnings.add(source(Options.JUPYTER_HOST) + ": not used, as execd runs its own Jupyter server");
    return Optional.empty();
  }

  private Duration idlePoll() {
    Option<Duration> option = Options.JUPYTER_IDLE_POLL;
    Duration poll = get(option);
    if (poll.isPositive()) {
      return poll;
    }
    warnings.add(source(option) + ": must be above 0; using " + option.fallback());
    return option.parser().apply(option.fallback());
  }

  private Settings.Log log() {
    return new Settings.Log(get(Options.LOG_LEVEL), get(Options.LOG_FILE));
  }

  private Settings.Commands commands() {
    return new Settings.Commands(
        get(Options.ENV_FILE),
        get(Options.RETENTION),
        get(Options.MAX_RECORDS),
        get(Options.MAX_LOG_BYTES),
        get(Options.CLONE3_COMPAT));
  }

  private Settings.Telemetry telemetry() {
    return new Settings.Telemetry(
        metricsEndpoint(),
        get(Options.SERVICE_NAME),
        get(Options.SANDBOX_ID),
        get(Options.EXTRA_ATTRIBUTES));
  }

  /** The general endpoint is a base: OpenTelemetry's rule appends the signal's path to it. */
  private Optional<URI> metricsEndpoint() {
    Optional<URI> base =
        get(Options.OTLP_ENDPOINT)
            .map(uri -> uri.toString().replaceAll("/+$", "") + "/v1/metrics")
            .map(URI::create);
    return get(Options.OTLP_METRICS_ENDPOINT).or(() -> base);
  }

  private <T> T get(Option<T> option) {
    String text = flags.get(option.flag());
    String variable = environment.getOrDefault(option.variable(), "");
    String chosen = text != null ? text : variable.isEmpty() ? option.fallback() : variable;
    try {
      return option.parser().apply(chosen);
    } catch (BadValue e) {
      throw new BadOption(source(option), option.secret() ? "***" : chosen, e);
    }
  }

  /** The name under which the caller set it. */
  private String source(Option<?> option) {
    return flags.containsKey(option.flag()) ? "--" + option.flag() : variableOrFlag(option);
  }

  private static String variableOrFlag(Option<?> option) {
    return option.variable().isEmpty() ? "--" + option.flag() : option.variable();
  }
}
