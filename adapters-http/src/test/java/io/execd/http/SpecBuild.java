package io.execd.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the build does with a spec: generates its interfaces, and compiles this module against them.
 * It has the generator, its options and its templates from the build.
 */
final class SpecBuild {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path TEMPLATES = Path.of("src/main/openapi");
  private static final Path GENERATOR = Path.of("target/generator/openapi-generator-cli.jar");
  private static final Path BUILT = Path.of("target/classes").toAbsolutePath();

  private final Path folder;
  private final List<String> configs = new ArrayList<>();

  /** Works in a folder that its caller removes. */
  SpecBuild(Path folder) {
    this.folder = folder;
  }

  /** Where the sources generated from the named spec are. */
  Path generated(String name) {
    return folder.resolve(name).resolve("src/main/java");
  }

  void add(String name, ApiSpec spec) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    spec.write(file);
    ObjectMapper json = new ObjectMapper();
    ObjectNode options = (ObjectNode) json.readTree(TEMPLATES.resolve("config.json").toFile());
    options
        .put("inputSpec", file.toString())
        .put("templateDir", TEMPLATES.toAbsolutePath().toString())
        .put("outputDir", folder.resolve(name).toString());
    Path config = folder.resolve(name + ".json");
    json.writeValue(config.toFile(), options);
    configs.add(config.toString());
  }

  /** Generates from all specs added, in one JVM of its own, as it brings twins of our libraries. */
  void generate() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Dlog.level=error"));
    command.addAll(List.of("-jar", GENERATOR.toString(), "batch", "--fail-fast", "--root-dir"));
    command.add(folder.toString());
    command.addAll(configs);
    Path log = folder.resolve("generator.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new AssertionError("the generator failed: " + Files.readString(log));
    }
  }

  /** The errors of the compiler, as file name, line and message. */
  List<String> errors(String name) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      List<Path> sources = Stream.concat(javaFiles(SOURCES), javaFiles(generated(name))).toList();
      compiler
          .getTask(
              null, files, found, options(name), null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
        .map(SpecBuild::text)
        .toList();
  }

  private List<String> options(String name) throws IOException {
    Path classes = Files.createDirectory(folder.resolve(name + "-classes"));
    return List.of("--release", "25", "-proc:none", "-d", classes.toString(), "-cp", classPath());
  }

  /**
   * Without the classes of this module, which would stand in for interfaces no longer generated.
   */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().equals(BUILT))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String text(Diagnostic<? extends JavaFileObject> error) {
    JavaFileObject source = error.getSource();
    String file = source == null ? "" : Path.of(source.getName()).getFileName().toString();
    return file + ":" + error.getLineNumber() + ": " + error.getMessage(Locale.ROOT);
  }

  private static Stream<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    }
  }
}
