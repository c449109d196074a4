package io.execd.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds, saw the classes it is about, and rejects a violation planted for it. */
class ArchitectureTest {
  private static final String ROOT = "io.execd";
  private static final String PLANTED = "io.execd.planted";

  private static final JavaClasses REAL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);
  private static final JavaClasses FAKE = new ClassFileImporter().importPackages(PLANTED);

  /** Module folder to the package below the root. */
  private static final Map<String, String> MODULES =
      Map.of(
          "domain", "domain",
          "application", "application",
          "adapters-http", "http",
          "adapters-jupyter", "jupyter",
          "adapters-os", "os",
          "bootstrap", "bootstrap");

  static List<Rule> rules() {
    return Rules.of(ROOT);
  }

  static List<Rule> plantedRules() {
    return Rules.of(PLANTED);
  }

  static List<String> modules() {
    return List.copyOf(MODULES.keySet());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(Rule rule) {
    EvaluationResult result = rule.check().evaluate(REAL);
    assertThat(result.getFailureReport().getDetails()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("plantedRules")
  void rejectsThePlantedViolation(Rule rule) {
    EvaluationResult result = rule.check().evaluate(FAKE);
    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains(PLANTED + "." + rule.offender());
  }

  /** A rule about a package that it did not see would pass silently: every source file counts. */
  @ParameterizedTest
  @MethodSource("modules")
  void theRulesSeeEverySourceFile(String module) throws IOException {
    for (Path source : sources(module)) {
      assertThat(REAL.contain(className(module, source))).as(source.toString()).isTrue();
    }
    assertThat(REAL.stream().filter(c -> Allowed.within(c, ROOT + "." + MODULES.get(module))))
        .hasSizeGreaterThanOrEqualTo(sources(module).size());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsAboutAModuleThatHasClasses(Rule rule) throws IOException {
    String about = rule.module().isEmpty() ? ROOT : ROOT + "." + rule.module();
    boolean empty =
        MODULES.containsValue(rule.module()) && sources(folder(rule.module())).isEmpty();
    assertThat(REAL.stream().anyMatch(type -> Allowed.within(type, about))).isEqualTo(!empty);
  }

  @Test
  void everyModuleButTheSpecHasRules() {
    assertThat(rules().stream().map(Rule::module).distinct()).containsAll(MODULES.values());
  }

  @Test
  void nativeCodeIsUsedByOnePackage() throws IOException {
    Stream<String> packages =
        REAL.stream()
            .filter(type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(to -> Allowed.within(to.getTargetClass(), "java.lang.foreign")))
            .map(type -> type.getPackageName())
            .distinct();
    assertThat(packages).hasSize(sources("adapters-os").isEmpty() ? 0 : 1);
  }

  private static String folder(String packageName) {
    return MODULES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(packageName))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Of one module, without package-info, which becomes a class only when it has annotations. */
  private static List<Path> sources(String module) throws IOException {
    Path folder = root(module);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList();
    }
  }

  private static Path root(String module) {
    return Path.of("..", module, "src", "main", "java");
  }

  private static String className(String module, Path source) {
    String path = root(module).relativize(source).toString();
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }
}
