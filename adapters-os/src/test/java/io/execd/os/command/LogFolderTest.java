package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {
  @TempDir private Path parent;

  private List<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(parent)) {
      return found.toList();
    }
  }

  /** As a daemon leaves it that was killed: its lock is nobody's. */
  private Path leftover(String mode) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(".execd-logs-1"));
    Files.createFile(folder.resolve("lock"));
    Files.writeString(folder.resolve("0"), "text");
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  @Test
  void isForItsUserAlone() throws IOException {
    try (LogFolder logs = new LogFolder(parent)) {
      Path file = logs.create().path();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(folders()).isEmpty();
  }

  @Test
  void isMadeWithTheFirstLogAndAgainWhenItWasRemoved() throws IOException {
    try (LogFolder logs = new LogFolder(parent)) {
      assertThat(folders()).isEmpty();
      Path first = logs.create().path();
      Files.delete(first);
      Files.delete(first.resolveSibling("lock"));
      Files.delete(first.getParent());

      assertThat(logs.create().path()).exists();
    }
  }

  @Test
  void whatAKilledDaemonHasLeftIsRemoved() throws IOException {
    leftover("rwx------");
    new LogFolder(parent).removeLeftovers();

    assertThat(folders()).isEmpty();
  }

  @Test
  void whatOthersCouldHaveMadeIsLeftAlone() throws IOException {
    Path open = leftover("rwxrwxrwx");
    Path link = Files.createSymbolicLink(parent.resolve(".execd-logs-2"), open);
    new LogFolder(parent).removeLeftovers();

    assertThat(folders()).containsExactlyInAnyOrder(open, link);
  }

  @Test
  void whatIsInUseIsLeftAlone() throws IOException {
    try (LogFolder logs = new LogFolder(parent)) {
      Path file = logs.create().path();
      new LogFolder(parent).removeLeftovers();

      assertThat(file).exists();
    }
  }

  @Test
  void aLogThatOthersRemovedSaysSo() throws IOException {
    try (LogFolder logs = new LogFolder(parent)) {
      LogFile log = logs.create();
      Files.delete(log.path());

      assertThatThrownBy(log::size).isInstanceOf(Failure.class).hasMessageContaining("is gone");
    }
  }
}
