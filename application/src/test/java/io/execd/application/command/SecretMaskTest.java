package io.execd.application.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mysql --password=hunter2 db | mysql --password=*** db",
        "app --db-password hunter2 --port 1 | app --db-password *** --port 1",
        "API_TOKEN=abc123 make; ls | API_TOKEN=*** make; ls",
        "export AWS_SECRET_ACCESS_KEY='a b c' && x | export AWS_SECRET_ACCESS_KEY=*** && x",
        "curl -H 'Authorization: Bearer abc.def' http://x | curl -H 'Authorization: ***' http://x",
        "curl -H \"X-Api-Key: abc\" http://x | curl -H \"X-Api-Key: ***\" http://x",
        "git clone https://me:hunter2@host/r | git clone https://me:***@host/r",
        "curl -u me:hunter2 http://x | curl -u me:*** http://x",
        "echo '{\"token\": \"abc\", \"n\": 1}' | echo '{\"token\": ***, \"n\": 1}'",
        "sshpass -p hunter2 ssh host | sshpass -p *** ssh host",
        "PASSWORD=\"never closed | PASSWORD=*** closed",
        "psql 'host=h password=hunter2' | psql 'host=h password=***'",
      })
  void hides(String command, String masked) {
    assertThat(SecretMask.mask(command).replace("Authorization: Bearer ***", "Authorization: ***"))
        .isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo hello",
        "mkdir -p a/b",
        "ssh -p 22 host",
        "cd $(pwd)",
        "cat token.txt",
        "wc --token --count",
        "http://host:80/a@b",
        ""
      })
  void leavesAlone(String command) {
    assertThat(SecretMask.mask(command)).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "-", "\"", "token", "password=", "://", " --", "-u ", "bearer "})
  void takesAMomentWhateverTheLength(String unit) {
    String text = unit.repeat(16_000_000 / unit.length());
    String masked = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> SecretMask.mask(text));
    assertThat(masked).hasSizeLessThan(1_100).endsWith("characters)");
  }

  @Test
  void aSecretAtTheCutIsMasked() {
    String command = "x".repeat(980) + " https://me:" + "hunter2".repeat(5) + "@host/";
    assertThat(SecretMask.mask(command)).doesNotContain("hunter2");
  }
}
