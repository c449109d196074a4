package io.execd.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of options, the help text and the README say the same. */
class OptionsTableTest {
  private static final Path README = Path.of("..", "README.md");

  private static Stream<Option<?>> options() {
    return Stream.of(Options.ALL, Options.OF_START_SCRIPT).flatMap(List::stream);
  }

  private static String row(Option<?> option) {
    return "| %s | %s | %s | %s |"
        .formatted(
            option.flag().isEmpty() ? "" : code("--" + option.flag()),
            option.variable().isEmpty() ? "" : code(option.variable()),
            option.fallback().isEmpty() ? "" : code(option.fallback()),
            option.meaning().replace("|", "\\|"));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  static String markdown() {
    return "| Flag | Variable | Default | |\n|---|---|---|---|\n"
        + options().map(OptionsTableTest::row).collect(Collectors.joining("\n"));
  }

  @Test
  void helpNamesEveryOptionWithItsDefault() {
    options()
        .forEach(option ->
            assertThat(Help.text())
                .contains(option.flag(), option.variable(), option.meaning())
                .contains(option.fallback().isEmpty() ? "" : "[" + option.fallback() + "]"));
  }

  @Test
  void helpFitsATerminal() {
    assertThat(Help.text().lines().filter(line -> line.length() > 100)).isEmpty();
  }

  @Test
  void everyDefaultIsAGoodValue() {
    assertThat(options().map(option -> option.parser().apply(option.fallback())))
        .doesNotContainNull();
  }

  @Test
  void theReadmeHoldsThisTable() throws IOException {
    assertThat(Files.readString(README)).contains(markdown());
  }
}
