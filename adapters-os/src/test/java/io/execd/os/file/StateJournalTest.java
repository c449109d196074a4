package io.execd.os.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.file.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateJournalTest {
  private static final FilePath A = new FilePath("/x/a\n\u00ff");

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("state/uploads");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }

  @Test
  void nothingIsMadeBeforeAnUpload() throws IOException {
    new StateJournal(folder()).close();
    assertThat(folder()).doesNotExist();
    assertThat(new StateJournal(folder()).inherit()).isEmpty();
  }

  @Test
  void whatADeadDaemonLeftIsInheritedOnce() throws IOException {
    leave("+/x/a\n\u00ff\0+/x/b\0+/x/c\0-/x/b\0+/x/cut");
    try (StateJournal next = new StateJournal(folder())) {
      assertThat(next.inherit()).containsExactly(A, new FilePath("/x/c"), new FilePath("/x/cut"));
      assertThat(next.inherit()).isEmpty();
    }
  }

  private void leave(String entries) throws IOException {
    Files.createDirectories(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
    Files.write(folder().resolve("dead.uploads"), entries.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatALivingDaemonWritesIsItsOwn() throws IOException {
    try (StateJournal one = new StateJournal(folder());
        StateJournal other = new StateJournal(folder())) {
      one.began(A);
      assertThat(other.inherit()).isEmpty();
      assertThat(Files.size(files().getFirst())).isPositive();
    }
  }

  @Test
  void theFileStaysSmallAndGoesAtTheEnd() throws IOException {
    try (StateJournal journal = new StateJournal(folder())) {
      for (int i = 0; i < 20_000; i++) {
        journal.began(A);
        journal.ended(A);
      }
      assertThat(Files.size(files().getFirst())).isLessThan(100_000);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatOthersCanWriteToIsNotBelieved() throws IOException {
    leave("+/x/a\0");
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(new StateJournal(folder()).inherit()).isEmpty();
  }
}
