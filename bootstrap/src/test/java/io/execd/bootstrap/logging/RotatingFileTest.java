package io.execd.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  @TempDir private Path folder;

  private static void write(RotatingFile file, String line) throws IOException {
    file.write(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTheNamedFileAndTwoOlderOnes() throws IOException {
    Path path = folder.resolve("new/a%u.log");
    try (RotatingFile file = new RotatingFile(path, 10, 2)) {
      for (int i = 0; i < 9; i++) {
        write(file, "line" + i + "\n");
      }
    }
    assertThat(path).hasContent("line8\n");
    assertThat(path.resolveSibling("a%u.log.1")).hasContent("line7\n");
    assertThat(path.resolveSibling("a%u.log.2")).hasContent("line6\n");
    try (Stream<Path> files = Files.list(path.getParent())) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void goesOnWhereTheLastRunStopped() throws IOException {
    Path path = folder.resolve("a.log");
    Files.writeString(path, "before\n");
    try (RotatingFile file = new RotatingFile(path, 100, 2)) {
      write(file, "after\n");
    }
    assertThat(path).hasContent("before\nafter\n");
  }

  @Test
  void aDeviceIsNotMovedAway() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("log"), Path.of("/dev/null"));
    try (RotatingFile file = new RotatingFile(link, 10, 2)) {
      write(file, "longer than ten bytes");
      write(file, "and once more");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(link);
    }
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void aRecordLongerThanTheLimitIsStillWritten() throws IOException {
    Path path = folder.resolve("a.log");
    try (RotatingFile file = new RotatingFile(path, 3, 2)) {
      write(file, "long line\n");
    }
    assertThat(path).hasContent("long line\n");
  }
}
