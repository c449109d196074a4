package io.execd.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/home/me", "A", "x", "B_2", "y$A", "EMPTY", "", "UP", "..", "ROOT", "/");

  private static final Set<String> ENTRIES =
      Set.of(
          "~here",
          "$NO.txt",
          "/p/$A",
          "/p/$HOME",
          "/p/${A}",
          "/home/me/$A",
          "a$A",
          "a$A/b",
          "x/$B_2");

  @ParameterizedTest
  @CsvSource({
    "~, /home/me",
    "~/w, /home/me/w",
    "$A, x",
    "$A/w, x/w",
    "${A}w, xw",
    "${HOME}/w, /home/me/w",
    "$B_2, y$A",
    "$EMPTY/a, /a",
    "$ROOT/a, /a",
    "$ROOT//a, //a"
  })
  void expandsAVariableAtTheBeginning(String path, String expanded) {
    assertThat(expand(path)).isEqualTo(expanded);
  }

  @ParameterizedTest
  @CsvSource({"/p/${A}b/$A-c, /p/xb/x-c", "/q/[${EMPTY}], /q/[]", "/q/$UP/$A, /q/../x", "$$A, $x"})
  void expandsARelativeValueFurtherOnWhereNoEntryHasTheName(String path, String expanded) {
    assertThat(expand(path)).isEqualTo(expanded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/p/$A",
        "/p/$A/new",
        "/p/$HOME",
        "/p/${A}",
        "/p/${A}/$id.tsx",
        "a$A",
        "a$A/b",
        "$NO.txt",
        "x/$B_2"
      })
  void keepsTheNameOfAnEntry(String path) {
    assertThat(expand(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/routes/$id.tsx",
        "/x/${NO}",
        "/new/$HOME",
        "/x/${A",
        "/x/${}",
        "/x/${a-b}",
        "a$",
        "$1",
        "~you/w",
        "/a/~",
        "plain",
        "${A",
        "${}",
        "."
      })
  void keepsEverythingElse(String path) {
    assertThat(expand(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"~/$A, /home/me/$A", "$HOME/$A/f, /home/me/$A/f"})
  void looksForEntriesWhereThePathLeads(String path, String expanded) {
    assertThat(expand(path)).isEqualTo(expanded);
  }

  @ParameterizedTest
  @CsvSource({"$NO, NO", "$NO/x, NO", "${NO}x, NO"})
  void refusesAnUndefinedVariableAtTheBeginning(String path, String name) {
    assertThatThrownBy(() -> expand(path))
        .isInstanceOf(Failure.class)
        .hasMessage("cwd: the variable " + name + " is not defined");
  }

  private static String expand(String path) {
    return Variables.expandPath("cwd", path, ENVIRONMENT, ENTRIES::contains);
  }
}
