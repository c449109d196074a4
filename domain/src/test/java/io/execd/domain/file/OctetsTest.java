package io.execd.domain.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a.txt", "é", "日本 €", "😀", "a\\b", "\\x", "\\xG0", "\\x2F", "\\xff", "%41"})
  void ordinaryNamesAreTheirOwnText(String text) {
    String octets = Octets.of("name", text);
    assertThat(octets.getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(Octets.text(octets)).isEqualTo(text);
  }

  @Test
  void bytesThatAreNoUtf8AreEscaped() {
    assertThat(Octets.text("a\u00ffb")).isEqualTo("a\\xFFb");
    assertThat(Octets.text("\u00c3\u00a9\u00c3")).isEqualTo("é\\xC3");
    assertThat(Octets.text("\u00ed\u00a0\u0080")).isEqualTo("\\xED\\xA0\\x80");
    assertThat(Octets.text("\u00c0\u00af")).isEqualTo("\\xC0\\xAF");
    assertThat(Octets.of("name", "a\\xFFb")).isEqualTo("a\u00ffb");
  }

  @Test
  void aNameThatLooksLikeAnEscapeHasAnotherText() {
    assertThat(Octets.text("\\xFF")).isEqualTo("\\x5CxFF");
    assertThat(Octets.of("name", "\\x5CxFF")).isEqualTo("\\xFF");
    assertThat(Octets.of("name", "\\x24HOME")).isEqualTo("$HOME");
  }

  @Test
  void everyNameComesBack() {
    Random random = new Random(7);
    String alphabet = "a\\x5CFf\u00c3\u00a9\u00ff\u0080\u00f0\u009f\u0098\u00ed ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(8); length > 0; length--) {
        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Octets.of("name", Octets.text(name.toString()))).isEqualTo(name.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"a\0b, NUL", "a\\x00b, NUL", "\ud800, surrogate", "x\udc00, surrogate"})
  void whatIsNoNameIsRefused(String text, String reason) {
    assertThatThrownBy(() -> Octets.of("path", text))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("path: ")
        .hasMessageContaining(reason);
  }
}
