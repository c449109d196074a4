package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a context starts, when that is missing or impossible. */
class KernelDirectoryTest {
  @TempDir private Path folder;

  @Test
  void aMissingOneIsCreatedWithItsParents() {
    Path wanted = folder.resolve("a/b");
    KernelDirectory.require(wanted.toString());
    KernelDirectory.require(wanted.toString());
    assertThat(wanted).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "file/below", "file/below/it"})
  void oneThatIsImpossibleIsRefusedByName(String name) throws IOException {
    Files.writeString(folder.resolve("file"), "");
    String wanted = folder.resolve(name).toString();
    assertThatThrownBy(() -> KernelDirectory.require(wanted))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.Code.INVALID_REQUEST))
        .hasMessageContaining("cwd: " + wanted);
  }

  @Test
  void withoutOneItIsTheDaemonsWorkingDirectory() {
    assertThat(KernelDirectory.own()).isEqualTo(System.getProperty("user.dir"));
  }
}
