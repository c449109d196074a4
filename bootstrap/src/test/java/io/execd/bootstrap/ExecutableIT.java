package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable file: its shell head and the class archive that it keeps. */
class ExecutableIT {
  private static final String OTHER_BUILD = "0123456789abcdef".repeat(4);

  @TempDir private static Path shared;
  private static Path archive = Path.of("none");

  @TempDir private Path folder;

  /** The first start makes the archive in the background; that takes a few seconds. */
  @BeforeAll
  static void makeArchive() throws Exception {
    int port = Packaged.freePort();
    try (Packaged run = start(Packaged.EXECUTABLE, shared, "--port=" + port)) {
      run.awaitPing(port);
      awaitArchive();
      assertThat(run.terminate()).isZero();
      assertThat(run.err()).isEmpty();
    }
  }

  private static void awaitArchive() throws Exception {
    awaitMakers(shared);
    archive = archives(shared).getFirst();
  }

  /** Until whoever makes an archive there has put it in place and tidied up. */
  private static void awaitMakers(Path cache) throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Stream<Path> files = Files.list(cache.resolve("execd"))) {
        if (files.noneMatch(file -> file.toString().endsWith(".making"))) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("still making an archive in " + cache);
  }

  private static Packaged start(Path file, Path cache, String... words) throws IOException {
    return Packaged.executable(file, cache, Map.of(), words);
  }

  private static List<Path> archives(Path cache) throws IOException {
    Path execd = cache.resolve("execd");
    if (!Files.isDirectory(execd)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(execd)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  /** A cache of this test's own, with the archive in it under the name given. */
  private Path cacheWith(String name, byte[] bytes) throws IOException {
    Path copy = folder.resolve("execd").resolve(name);
    Files.createDirectories(copy.getParent());
    return Files.write(copy, bytes);
  }

  private void assertStarts(Path file) throws Exception {
    int port = Packaged.freePort();
    try (Packaged run = start(file, folder, "--port=" + port)) {
      run.awaitPing(port);
      assertThat(run.terminate()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines()).allMatch(line -> line.startsWith("20"));
    }
  }

  private static boolean maps(Process process, Path file) throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/maps")).contains(file.toString());
  }

  @Test
  void theSecondStartUsesTheArchiveUnderTheSamePid() throws Exception {
    int port = Packaged.freePort();
    try (Packaged run = start(Packaged.EXECUTABLE, shared, "--port=" + port)) {
      run.awaitPing(port);
      assertThat(maps(run.process(), archive)).isTrue();
      assertThat(run.terminate()).isZero();
    }
  }

  static List<byte[]> damaged() throws IOException {
    byte[] good = Files.readAllBytes(archive);
    byte[] middle = good.clone();
    for (int i = good.length / 3; i < good.length / 2; i++) {
      middle[i] ^= 0x5a;
    }
    return List.of(
        new byte[0], new byte[5000], java.util.Arrays.copyOf(good, good.length / 2), middle);
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void aDamagedArchiveIsPassedOver(byte[] bytes) throws Exception {
    cacheWith(archive.getFileName().toString(), bytes);
    assertStarts(Packaged.EXECUTABLE);
  }

  /** The JVM does not notice: the archive must have another name. */
  @Test
  void aReplacedJarNeverMeetsTheOldArchive() throws Exception {
    cacheWith(archive.getFileName().toString(), Files.readAllBytes(archive));
    Path replaced = edited(archive.getFileName().toString().substring(0, 64), OTHER_BUILD);
    int port = Packaged.freePort();
    try (Packaged run = start(replaced, folder, "--port=" + port)) {
      run.awaitPing(port);
      assertThat(maps(run.process(), folder.resolve("execd"))).isFalse();
      assertThat(run.terminate()).isZero();
    }
    awaitMakers(folder);
    assertThat(archives(folder)).hasSize(2);
  }

  /** The executable with one place of its head changed, to the same length. */
  private Path edited(String from, String to) throws IOException {
    String bytes = Files.readString(Packaged.EXECUTABLE, StandardCharsets.ISO_8859_1);
    assertThat(bytes.split(from, -1)).hasSize(2);
    Path file = folder.resolve("edited");
    Files.writeString(file, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNotMatter() throws Exception {
    Files.writeString(folder.resolve("execd"), "a file where the folder should be");
    assertStarts(Packaged.EXECUTABLE);
  }

  @Test
  void severalFirstStartsAtOnceAllSucceed() throws Exception {
    int[] ports = {Packaged.freePort(), Packaged.freePort(), Packaged.freePort()};
    try (Packaged a = start(Packaged.EXECUTABLE, folder, "--port=" + ports[0]);
        Packaged b = start(Packaged.EXECUTABLE, folder, "--port=" + ports[1]);
        Packaged c = start(Packaged.EXECUTABLE, folder, "--port=" + ports[2])) {
      a.awaitPing(ports[0]);
      b.awaitPing(ports[1]);
      c.awaitPing(ports[2]);
      assertThat(List.of(a.terminate(), b.terminate(), c.terminate())).containsOnly(0);
    }
    awaitMakers(folder);
    assertThat(archives(folder)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox"})
  void everyShellRunsTheHead(String shell) throws Exception {
    Path program = Path.of("/usr/bin", shell);
    List<String> command = shell.equals("busybox") ? List.of(shell, "ash") : List.of(shell);
    assertThat(Files.exists(program) ? version(command) : "execd ").startsWith("execd ");
  }

  private String version(List<String> shell) throws Exception {
    Path script = folder.resolve("run.sh");
    String line = String.join(" ", shell) + " " + Packaged.EXECUTABLE + " --version\n";
    Files.writeString(script, "#!/bin/sh\n" + line, StandardOpenOption.CREATE_NEW);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Packaged run = Packaged.executable(script, folder, Map.of("EXECD_CLASS_ARCHIVE", "off"))) {
      assertThat(run.exitCode()).isZero();
      return run.out();
    }
  }

  @Test
  void withoutAJavaThatIsNewEnoughItSaysWhatToInstall() throws Exception {
    try (Packaged run = start(edited("-ge 25 ", "-ge 99 "), folder, "--version")) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines()).singleElement().asString().contains("Java 25", "install");
    }
  }
}
