package io.execd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation cannot change in the spec alone: the resources stop to compile. */
class SpecChangeBreaksBuildTest {
  private static final Path GENERATED = Path.of("target/generated-sources/openapi/src/main/java");

  private static SpecBuild build;

  @BeforeAll
  static void generate(@TempDir Path folder) throws Exception {
    build = new SpecBuild(folder);
    build.add("unchanged", ApiSpec.read());
    build.add("renamed", renamed());
    build.add("retyped", retyped());
    build.generate();
  }

  private static ApiSpec renamed() throws IOException {
    ApiSpec spec = ApiSpec.read();
    spec.at("/paths/~1command/post").put("operationId", "startCommand");
    return spec;
  }

  private static ApiSpec retyped() throws IOException {
    ApiSpec spec = ApiSpec.read();
    ObjectNode cursor = spec.at("/paths/~1command~1{id}~1logs/get/parameters/0");
    assertThat(cursor.path("name").asText()).isEqualTo("cursor");
    cursor.putObject("schema").put("type", "string");
    return spec;
  }

  @Test
  void theSpecAsItIsCompiles() throws IOException {
    assertThat(build.errors("unchanged")).isEmpty();
  }

  /** Otherwise the other tests would prove something about another build. */
  @Test
  void theBuildGeneratesTheSame() throws IOException {
    Map<String, String> built = contents(GENERATED);
    Map<String, String> generated = contents(build.generated("unchanged"));
    assertThat(generated).hasSizeGreaterThan(20);
    assertThat(generated.keySet())
        .allMatch(
            file -> Objects.equals(generated.get(file), built.get(file)), "is as in the build");
  }

  @Test
  void aRenamedOperationDoesNotCompile() throws IOException {
    assertThat(build.errors("renamed"))
        .anyMatch(error -> error.matches("CommandResource.java:\\d+: .*does not override.*"));
  }

  @Test
  void aParameterOfAnotherTypeDoesNotCompile() throws IOException {
    assertThat(build.errors("retyped"))
        .anyMatch(error -> error.matches("CommandResource.java:\\d+: .*does not override.*"));
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
