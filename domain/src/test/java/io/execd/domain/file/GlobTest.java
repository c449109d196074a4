package io.execd.domain.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest(name = "{0} / {1}: {2}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.py main.py true",
        "*.py main.pyc false",
        "*.py .py true",
        "* anything true",
        "* .hidden true",
        "** .hidden true",
        "***.py a.py true",
        "a*b ab true",
        "a*b a.b true",
        "a*b abc false",
        "main.py main.py true",
        "main.py xmain.py false",
        "?.py a.py true",
        "?.py ab.py false",
        "?.py é.py true",
        "?? 😀a true",
        "[a-c]x bx true",
        "[a-c]x dx false",
        "[^a-c]x dx true",
        "[^a-c]x ax false",
        "[!a-c]x dx true",
        "[!a-c]x ax false",
        "[a-]x -x true",
        "[-a]x -x true",
        "[a\\]]x ]x true",
        "[a\\-c]x bx false",
        "[à-ö]x éx true",
        "{a,b}c ac true",
        "{a,b}c bc true",
        "{a,b}c cc false",
        "{a*,b?}.x azz.x true",
        "{a*,b?}.x bz.x true",
        "{a*,b?}.x bzz.x false",
        "x{,y} x true",
        "x{,y} xy true",
        "x{,y} xz false",
        "{a,{b,c}}d cd true",
        "{a,{b,c}}d ad true",
        "a,b a,b true",
        "a} a} true",
        "\\*.py *.py true",
        "\\*.py a.py false",
        "\\{a {a true",
        "a**b axxb true",
        "A a false"
      })
  void names(String pattern, String name, boolean matches) {
    assertThat(Glob.of(pattern).matches(octets(name))).isEqualTo(matches);
    assertThat(Glob.of(pattern).isForPath()).isFalse();
  }

  @ParameterizedTest(name = "{0} / {1}: {2}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "src/*.py src/a.py true",
        "src/*.py src/x/a.py false",
        "src/*.py lib/src/a.py false",
        "**/*.py a.py true",
        "**/*.py x/y/a.py true",
        "src/**/a.py src/a.py true",
        "src/**/a.py src/x/y/a.py true",
        "src/**/a.py srcx/a.py false",
        "src/** src/x/y true",
        "*/a x/a true",
        "*/a x/y/a false",
        "?/a //a false",
        "[!x]/a //a false",
        "{src,lib}/*.c lib/a.c true",
        "{src/**,lib}/a.c src/x/a.c true"
      })
  void pathsBelowTheRoot(String pattern, String path, boolean matches) {
    assertThat(Glob.of(pattern).matches(octets(path))).isEqualTo(matches);
    assertThat(Glob.of(pattern).isForPath()).isTrue();
  }

  @Test
  void aByteThatIsNoCharacterCountsAsOne() {
    assertThat(Glob.of("a?b").matches("a\u00ffb")).isTrue();
    assertThat(Glob.of("a?b").matches("a\u00ff\u00feb")).isFalse();
    assertThat(Glob.of("*b").matches("a\u00ffb")).isTrue();
    assertThat(Glob.of("a[!x]b").matches("a\u00c3b")).isTrue();
    assertThat(Glob.of("aéb").matches("a\u00e9b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a", "[]", "[!]", "a[b-", "[z-a]", "{a", "{a,b", "{a,{b}", "a\\"})
  void whatIsNotFinishedIsRefused(String pattern) {
    assertThatThrownBy(() -> Glob.of(pattern))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("pattern")
        .hasMessageContaining(pattern);
  }

  @Test
  void aPatternHasABound() {
    assertThatThrownBy(() -> Glob.of("a".repeat(2000))).hasMessageContaining("longer");
    assertThatThrownBy(() -> Glob.of("{".repeat(30))).hasMessageContaining("deeper");
  }

  /** By backtracking this would take longer than anybody lives. */
  @Test
  void manyStarsTakeLinearTime() {
    Glob glob = Glob.of("*a".repeat(100) + "b");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(glob.matches("a".repeat(4000))).isFalse());
  }

  private static String octets(String text) {
    return Octets.of("name", text);
  }
}
