package io.execd.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.bootstrap.settings.Secret;
import io.execd.bootstrap.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatterTest {
  private static final List<Secret> SECRETS = List.of(Secret.NONE, new Secret("hush.42"));

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("io.execd.Thing");
    record.setInstant(Instant.parse("2026-02-03T04:05:06.007891Z"));
    return record;
  }

  private static String line(Level level, String message) {
    return new LineFormatter(SECRETS).format(record(level, message));
  }

  @Test
  void aRecordIsOneLine() {
    assertThat(line(Level.INFO, "hello"))
        .isEqualTo("2026-02-03T04:05:06.007Z info io.execd.Thing hello\n");
  }

  @Test
  void nobodyCanForgeARecord() {
    assertThat(line(Level.WARNING, "a\nb\r\tc\u001b[31m"))
        .endsWith("warning io.execd.Thing a\\nb\\r\\tc\\x1b[31m\n");
  }

  @Test
  void theDaemonsOwnSecretsAreMaskedWhereverTheyTurnUp() {
    assertThat(line(Level.INFO, "command=\"curl -H x:hush.42 hush.4\""))
        .endsWith("command=\"curl -H x:*** hush.4\"\n");
  }

  @Test
  void aStackTraceFollowsIndented() {
    LogRecord record = record(Level.SEVERE, "broken");
    record.setThrown(new IllegalStateException("first\nsecond"));
    assertThat(new LineFormatter(SECRETS).format(record).lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("    "));
  }

  @ParameterizedTest
  @CsvSource({"0,2147483647", "2,2147483647", "3,1000", "4,900", "5,850", "6,800", "7,500"})
  void syslogSeveritiesBecomeThresholds(int severity, int threshold) {
    assertThat(
            Logging.level(new Settings.Log(severity, java.util.Optional.empty()).level())
                .intValue())
        .isEqualTo(threshold);
  }
}
