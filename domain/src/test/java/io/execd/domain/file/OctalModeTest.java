package io.execd.domain.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctalModeTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 7, 644, 755, 1777, 4755, 7777})
  void digitsComeBack(int digits) {
    int bits = OctalMode.bits("mode", digits);
    assertThat(bits).isEqualTo(Integer.parseInt(Integer.toString(digits), 8));
    assertThat(OctalMode.digits(bits)).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8, 689, 77777})
  void otherDigitsAreRefused(int digits) {
    assertThatThrownBy(() -> OctalMode.bits("mode", digits)).hasMessageContaining("mode");
  }
}
