package io.execd.domain.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.code.CodeRequest.Target;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeRequestTest {
  private static CodeRequest request(String code, Optional<Duration> timeout) {
    Target target = new Target(Optional.empty(), Optional.empty(), Optional.empty());
    return new CodeRequest(code, target, timeout);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "é", "😀 = 1", "x\n"})
  void anyUnicodeTextIsCode(String code) {
    assertThat(request(code, Optional.empty()).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0", "\ud83d", "a\ude00b", "\ud83d\ud83d\ude00"})
  void whatNoKernelCanBeGivenIsRefused(String code) {
    assertThatThrownBy(() -> request(code, Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("code: ");
  }

  @Test
  void aTimeoutIsPositive() {
    assertThatThrownBy(() -> request("1", Optional.of(Duration.ZERO)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("timeout: ");
  }

  @Test
  void aLanguageIsLowerCaseAndHasAName() {
    assertThat(new Language(" Python ")).isEqualTo(new Language("python"));
    assertThat(Language.SQL.hasContexts()).isFalse();
    assertThat(new Language("go").hasContexts()).isTrue();
    assertThatThrownBy(() -> new Language(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
