package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.command.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAccountsTest {
  private static final String PASSWD =
      """
      root:x:0:0:root:/root:/bin/bash
      # a comment
      broken:x:abc:7
      anna:x:1000:1001:Anna,,,:/home/anna:/bin/sh
      """;
  private static final String GROUP =
      """
      root:x:0:
      anna:x:1001:anna
      video:x:44:root,anna
      audio:x:29:annabel
      docker:x:999:anna
      """;

  @Test
  void findsAUserWithPrimaryAndOtherGroups(@TempDir Path folder) throws IOException {
    Path passwd = Files.writeString(folder.resolve("passwd"), PASSWD);
    Path group = Files.writeString(folder.resolve("group"), GROUP);

    assertThat(new FileAccounts(passwd, group).find(1000))
        .contains(new Account(1000, 1001, "anna", "/home/anna", List.of(44L, 999L)));
  }

  @Test
  void knowsNobodyByAnUnknownId(@TempDir Path folder) throws IOException {
    Path passwd = Files.writeString(folder.resolve("passwd"), PASSWD);

    assertThat(new FileAccounts(passwd, folder.resolve("group")).find(7)).isEmpty();
  }

  @Test
  void aMissingFileIsAnEmptyOne(@TempDir Path folder) {
    assertThat(new FileAccounts(folder.resolve("passwd"), folder.resolve("group")).find(0))
        .isEmpty();
  }

  @Test
  void knowsRootOnThisMachine() {
    assertThat(new FileAccounts().find(0)).map(Account::name).contains("root");
  }
}
