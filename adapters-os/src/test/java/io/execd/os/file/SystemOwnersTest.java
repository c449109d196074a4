package io.execd.os.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemOwnersTest {
  @TempDir private Path folder;
  private SystemOwners owners;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("passwd"),
        "root:x:0:0::/root:/bin/sh\nbad\njo:x:1000:5::/:\n77:x:8:8::/:\n");
    Files.writeString(folder.resolve("group"), "root:x:0:\nstaff:x:5:jo");
    owners = new SystemOwners(folder.resolve("passwd"), folder.resolve("group"));
  }

  @Test
  void namesAndNumbers() {
    assertThat(owners.userName(1000)).isEqualTo("jo");
    assertThat(owners.userName(4242)).isEqualTo("4242");
    assertThat(owners.groupName(5)).isEqualTo("staff");
    assertThat(owners.user("jo")).hasValue(1000);
    assertThat(owners.group("staff")).hasValue(5);
    assertThat(owners.user("4242")).hasValue(4242);
    assertThat(owners.user("77")).hasValue(8);
    assertThat(owners.user("nobody-such")).isEmpty();
    assertThat(owners.user("4294967295")).isEmpty();
  }

  @Test
  void aNewUserIsKnownAtOnce() throws IOException {
    assertThat(owners.userName(7)).isEqualTo("7");
    Files.writeString(folder.resolve("passwd"), "new:x:7:7::/:\n");
    assertThat(owners.userName(7)).isEqualTo("new");
    assertThat(owners.user("new")).hasValue(7);
  }

  @Test
  void atOnceOnlyNamesThatWereJustReadAreTold() {
    assertThat(owners.userNameAtOnce(1000)).isEmpty();
    assertThat(owners.groupNameAtOnce(5)).isEmpty();
    await(() -> owners.user("root"), () -> owners.userNameAtOnce(1000), "jo");
    await(() -> owners.group("root"), () -> owners.groupNameAtOnce(5), "staff");
    owners.userName(4242);
    assertThat(owners.userNameAtOnce(4242)).isEmpty();
  }

  /** What was read counts for a tenth of a second only, which a slow machine may sleep through. */
  private static void await(
      Supplier<OptionalLong> read, Supplier<Optional<String>> told, String expected) {
    Optional<String> name = Optional.empty();
    for (int i = 0; i < 100 && name.isEmpty(); i++) {
      assertThat(read.get()).isPresent();
      name = told.get();
    }
    assertThat(name).contains(expected);
  }

  @Test
  void withoutFilesNobodyHasAName() throws IOException {
    Files.delete(folder.resolve("passwd"));
    assertThat(owners.userName(0)).isEqualTo("0");
    assertThat(owners.user("root")).isEmpty();
  }
}
