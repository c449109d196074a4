package io.execd.domain.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePathTest {
  private static final FilePath.Origin ORIGIN =
      new FilePath.Origin(Map.of("HOME", "/home/jo", "DIR", "sub", "EMPTY", ""), "/work");

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a//b/, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/.b/..c/..., /a/.b/..c/...",
    "/a/b., /a/b.",
    "/.., /",
    "/, /",
    "a, /work/a",
    "., /work",
    ".., /",
    "../x, /x",
    "~, /home/jo",
    "~/x, /home/jo/x",
    "a~, /work/a~",
    "~jo, /work/~jo",
    "$DIR/x, /work/sub/x",
    "${DIR}x, /work/subx",
    "/a$, /a$",
    "/a${EMPTY}b, /ab",
    "/\\x24DIR, /$DIR",
    "\\x7E, /work/~"
  })
  void meansThis(String text, String path) {
    assertThat(FilePath.of("path", text, ORIGIN, _ -> false).text()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"'', empty", "$NOPE/x, NOPE", "a\0b, NUL"})
  void cannotBeUsed(String text, String reason) {
    assertThatThrownBy(() -> FilePath.of("path", text, ORIGIN, _ -> false))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("path: ")
        .hasMessageContaining(reason);
  }

  @Test
  void cannotBeOfAnyLength() {
    assertThatThrownBy(() -> FilePath.of("path", "a".repeat(70_000), ORIGIN, _ -> false))
        .hasMessageContaining("too long");
    assertThat(FilePath.of("path", "a".repeat(5_000), ORIGIN, _ -> false).octets()).hasSize(5_006);
  }

  @Test
  void hasParts() {
    FilePath path = new FilePath("/a/b");
    assertThat(path.name()).isEqualTo("b");
    assertThat(path.parent()).isEqualTo(new FilePath("/a"));
    assertThat(path.parent().parent().isRoot()).isTrue();
    assertThat(path.parent().parent().parent().isRoot()).isTrue();
    assertThat(path.parent().parent().child("x")).isEqualTo(new FilePath("/x"));
    assertThat(path.child("c")).isEqualTo(new FilePath("/a/b/c"));
    assertThat(path.resolve("../c")).isEqualTo(new FilePath("/a/../c"));
    assertThat(path.resolve("/c")).isEqualTo(new FilePath("/c"));
  }
}
