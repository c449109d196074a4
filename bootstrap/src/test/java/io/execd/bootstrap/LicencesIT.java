package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jar says of its licence and of those of the libraries in it. */
class LicencesIT {
  private static final Path ROOT = Path.of("..");
  private static final Path CARRIED = Path.of("target", "carried.txt");

  @Test
  void noticeNamesEachLibraryInTheJarAndNoOther() throws IOException {
    List<String> carried = named(CARRIED, "^ +([\\w.-]+:[\\w.-]+):jar:");
    assertThat(carried).contains("org.mariadb.jdbc:mariadb-java-client", "com.google.guava:guava");
    assertThat(named(ROOT.resolve("NOTICE"), "^  ([\\w.-]+:[\\w.-]+)(?: |$)"))
        .containsExactlyInAnyOrderElementsOf(carried)
        .first()
        .isEqualTo("org.mariadb.jdbc:mariadb-java-client");
  }

  private static List<String> named(Path file, String line) throws IOException {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE", "NOTICE"})
  void theJarHoldsOursBeforeThoseOfTheLibraries(String name) throws IOException {
    assertThat(inJar(name)).startsWith(Files.readString(ROOT.resolve(name)).strip());
  }

  @Test
  void theJarHoldsTheTextOfTheLesserLicence() throws IOException {
    assertThat(inJar("LICENSE-LGPL-2.1")).contains("GNU LESSER GENERAL PUBLIC LICENSE");
  }

  private static String inJar(String name) throws IOException {
    try (JarFile jar = new JarFile(Packaged.JAR.toFile())) {
      var entry = jar.getJarEntry("META-INF/" + name);
      assertThat(entry).as(name).isNotNull();
      byte[] bytes = jar.getInputStream(entry).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }
}
