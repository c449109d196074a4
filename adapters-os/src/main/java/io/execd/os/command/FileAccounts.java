package io.execd.os.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.command.Account;
import io.execd.domain.command.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The accounts of {@code /etc/passwd} and {@code /etc/group}, read anew on each call. A missing
 * file and a malformed line count as empty. Users of directory services are not known.
 */
public final class FileAccounts implements Accounts {
  private static final int PASSWD_FIELDS = 7;
  private static final int GROUP_FIELDS = 4;

  private final Path passwd;
  private final Path group;

  /** The accounts of this machine. */
  public FileAccounts() {
    this(Path.of("/etc/passwd"), Path.of("/etc/group"));
  }

  FileAccounts(Path passwd, Path group) {
    this.passwd = passwd;
    this.group = group;
  }

  @Override
  public Optional<Account> find(long uid) {
    return rows(passwd, PASSWD_FIELDS)
        .filter(row -> id(row[2]).filter(id -> id == uid).isPresent())
        .findFirst()
        .flatMap(row -> id(row[3]).map(gid -> account(uid, gid, row)));
  }

  private Account account(long uid, long gid, String[] row) {
    String name = row[0];
    List<Long> groups =
        rows(group, GROUP_FIELDS)
            .filter(line -> List.of(line[3].split(",", -1)).contains(name))
            .flatMap(line -> id(line[2]).stream())
            .filter(id -> id != gid)
            .distinct()
            .toList();
    return new Account(uid, gid, name, row[5], groups);
  }

  private static Stream<String[]> rows(Path file, int fields) {
    try {
      // Not Files.readString, which refuses the whole file for one byte that is no UTF-8.
      return new String(Files.readAllBytes(file), UTF_8)
          .lines()
          .map(line -> line.split(":", -1))
          .filter(row -> row.length >= fields);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Optional<Long> id(String text) {
    return text.matches("\\d{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
