package io.execd.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsParserTest {

  private static Settings settings(Map<String, String> environment, String... words) {
    Invocation invocation = SettingsParser.parse(List.of(words), environment);
    assertThat(invocation).isInstanceOf(Invocation.Run.class);
    return ((Invocation.Run) invocation).settings();
  }

  private static Invocation.Refused refused(Map<String, String> environment, String... words) {
    Invocation invocation = SettingsParser.parse(List.of(words), environment);
    assertThat(invocation).isInstanceOf(Invocation.Refused.class);
    return (Invocation.Refused) invocation;
  }

  @Test
  void withoutArgumentsEveryDefaultHolds() {
    Settings settings = settings(Map.of());
    assertThat(settings.server().port()).isEqualTo(44_772);
    assertThat(settings.server().accessToken().isPresent()).isFalse();
    assertThat(settings.server().gracefulShutdown()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.jupyter().host()).isEmpty();
    assertThat(settings.jupyter().idlePoll()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.log()).isEqualTo(new Settings.Log(6, java.util.Optional.empty()));
    assertThat(settings.commands().retention()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.commands().maxLogBytes()).isEqualTo(1L << 30);
    assertThat(settings.commands().clone3()).isEqualTo(Clone3Mode.OFF);
    assertThat(settings.telemetry().metricsEndpoint()).isEmpty();
    assertThat(settings.telemetry().serviceName()).isEqualTo("opensandbox-execd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port=7", "-port=7", "--port 7", "-port 7", "--port 1 --port 7"})
  void flagsTakeOneOrTwoDashesAndBothForms(String line) {
    assertThat(settings(Map.of(), line.split(" ", -1)).server().port()).isEqualTo(7);
  }

  @Test
  void aFlagBeatsItsVariable() {
    Map<String, String> environment = Map.of("EXECD_ACCESS_TOKEN", "variable");
    assertThat(settings(environment).server().accessToken().reveal()).isEqualTo("variable");
    assertThat(settings(environment, "--access-token=flag").server().accessToken().reveal())
        .isEqualTo("flag");
    assertThat(settings(environment, "--access-token=").server().accessToken().isPresent())
        .isFalse();
  }

  @Test
  void variablesReachTheirSettings() {
    Settings settings =
        settings(
            Map.of(
                "JUPYTER_HOST", "http://127.0.0.1:8888",
                "EXECD_LOG_FILE", "/var/log/execd.log",
                "EXECD_ENVS", "/etc/envs",
                "EXECD_COMMAND_RETENTION", "1h",
                "EXECD_COMMAND_RETENTION_COUNT", "5",
                "EXECD_COMMAND_RETENTION_BYTES", "2MiB",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318/",
                "OPENSANDBOX_ID", "box",
                "OPENSANDBOX_EXECD_METRICS_EXTRA_ATTRS", "k=v,k2=v=2"));
    assertThat(settings.jupyter().host()).contains(URI.create("http://127.0.0.1:8888"));
    assertThat(settings.log().file()).contains(Path.of("/var/log/execd.log"));
    assertThat(settings.commands())
        .isEqualTo(
            new Settings.Commands(
                java.util.Optional.of(Path.of("/etc/envs")),
                Duration.ofHours(1),
                5,
                2L << 20,
                Clone3Mode.OFF));
    assertThat(settings.telemetry().metricsEndpoint())
        .contains(URI.create("http://otel:4318/v1/metrics"));
    assertThat(settings.telemetry().sandboxId()).isEqualTo("box");
    assertThat(settings.telemetry().attributes())
        .containsExactlyInAnyOrderEntriesOf(Map.of("k", "v", "k2", "v=2"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',OFF",
    "0,OFF",
    "no,OFF",
    "off,OFF",
    "FALSE,OFF",
    "1,FILTER",
    "true,FILTER",
    "Yes,FILTER",
    "on,FILTER",
    "reexec,REEXEC"
  })
  void clone3HasThreeModes(String text, Clone3Mode mode) {
    assertThat(settings(Map.of("EXECD_CLONE3_COMPAT", text)).commands().clone3()).isEqualTo(mode);
  }

  @Test
  void aBadClone3ModeEndsWithOne() {
    Invocation.Refused refused = refused(Map.of("EXECD_CLONE3_COMPAT", "maybe"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.line()).startsWith("EXECD_CLONE3_COMPAT: 'maybe'");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,500",
    "2s,2000",
    "1m,60000",
    "1m30s,90000",
    "1h,3600000",
    "1.5s,1500",
    "0,0",
    "0s,0",
    "+1s,1000"
  })
  void durationsAreGos(String text, long millis) {
    assertThat(settings(Map.of(), "--graceful-shutdown-timeout", text).server().gracefulShutdown())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "--port=x,--port: 'x'",
    "--port=65536,--port:",
    "--port=-1,--port:",
    "--port=,--port:",
    "--log-level=8,--log-level:",
    "--jupyter-host=host:80,--jupyter-host:",
    "--jupyter-host=http://,--jupyter-host:",
    "--graceful-shutdown-timeout=1,--graceful-",
    "--graceful-shutdown-timeout=-1s,--graceful-",
    "--graceful-shutdown-timeout=s,--graceful-",
    "--graceful-shutdown-timeout=1..5s,--graceful-",
    "--graceful-shutdown-timeout=9999999999h,--gr",
    "--port,--port: needs a value",
    "--nope=1,unknown flag --nope",
    "--=1,unknown flag --",
    "word,unexpected argument 'word'",
    "--,unexpected argument '--'"
  })
  void aBadFlagIsNamedOnOneLine(String word, String start) {
    Invocation.Refused refused = refused(Map.of(), word);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.line()).startsWith(start).doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "EXECD_API_GRACE_SHUTDOWN,soon", "EXECD_COMMAND_RETENTION_COUNT,0",
    "EXECD_COMMAND_RETENTION_BYTES,1 cow", "EXECD_COMMAND_RETENTION_BYTES,9999999999GiB",
    "OTEL_EXPORTER_OTLP_ENDPOINT,otel:4318", "OPENSANDBOX_EXECD_METRICS_EXTRA_ATTRS,novalue"
  })
  void aBadVariableIsNamedOnOneLine(String variable, String text) {
    Invocation.Refused refused = refused(Map.of(variable, text));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.line()).startsWith(variable + ": '" + text + "'");
  }

  @Test
  void aLineFeedInAValueStaysOnTheLine() {
    assertThat(refused(Map.of(), "--port=1\n2").line()).contains("1?2");
  }

  @Test
  void anIdlePollOfZeroFallsBackWithAWarning() {
    Invocation invocation =
        SettingsParser.parse(List.of("--jupyter-idle-poll-interval=-1s"), Map.of());
    assertThat(invocation).isInstanceOf(Invocation.Run.class);
    Invocation.Run run = (Invocation.Run) invocation;
    assertThat(run.settings().jupyter().idlePoll()).isEqualTo(Duration.ofMillis(100));
    assertThat(run.warnings())
        .singleElement()
        .asString()
        .startsWith("--jupyter-idle-poll-interval");
  }

  @Test
  void tokensShowNowhere() {
    Settings settings = settings(Map.of(), "--access-token=s3cret", "--jupyter-token=s3cret");
    assertThat(settings.toString()).contains("***").doesNotContain("s3cret");
    assertThat(refused(Map.of("EXECD_ACCESS_TOKEN", "s3cret\u00e9")).line())
        .doesNotContain("s3cret");
  }

  @Test
  void helpAndVersionWinOverTheRest() {
    assertThat(SettingsParser.parse(List.of("--port=1", "--help"), Map.of()))
        .isEqualTo(new Invocation.PrintHelp());
    assertThat(SettingsParser.parse(List.of("-version"), Map.of()))
        .isEqualTo(new Invocation.PrintVersion());
  }
}
