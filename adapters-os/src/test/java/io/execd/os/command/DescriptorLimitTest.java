package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorLimitTest {
  @TempDir private Path folder;

  @Test
  void takesTheSoftLimit() throws IOException {
    String head =
        "Limit                     Soft Limit           Hard Limit           Units     \n";
    assertThat(
            read(
                head
                    + "Max open files            1024                 4096                 files\n"))
        .isEqualTo(1024);
    assertThat(
            read(
                head
                    + "Max open files            unlimited            unlimited            files\n"))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aMachineThatDoesNotTellHasTheLeast() {
    assertThat(DescriptorLimit.read(folder.resolve("none"))).isEqualTo(256);
  }

  private int read(String text) throws IOException {
    return DescriptorLimit.read(Files.writeString(folder.resolve("limits"), text));
  }
}
