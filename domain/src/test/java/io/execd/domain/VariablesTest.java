package io.execd.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/home/me", "A", "x", "B_2", "y$A", "EMPTY", "");

  @ParameterizedTest
  @CsvSource({
    "~, /home/me",
    "~/w, /home/me/w",
    "~you/w, ~you/w",
    "/a/~, /a/~",
    "$A, x",
    "/p/${A}b/$A-c, /p/xb/x-c",
    "$B_2, y$A",
    "[${EMPTY}], []",
    "a$, a$",
    "$1, $1",
    "$$A, $x",
    "plain, plain"
  })
  void expandsPaths(String path, String expanded) {
    assertThat(Variables.expandPath("cwd", path, ENVIRONMENT)).isEqualTo(expanded);
  }

  @ParameterizedTest
  @CsvSource({
    "$NO, the variable NO is not defined",
    "/x/${NO}, the variable NO is not defined",
    "${A, '''${A'' is not a variable'",
    "${}, '''${}'' is not a variable'",
    "${a-b}, '''${a-b}'' is not a variable'"
  })
  void refusesWhatCannotBeExpanded(String path, String problem) {
    assertThatThrownBy(() -> Variables.expandPath("cwd", path, ENVIRONMENT))
        .isInstanceOf(Failure.class)
        .hasMessage("cwd: " + problem);
  }
}
