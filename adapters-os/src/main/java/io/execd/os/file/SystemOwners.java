package io.execd.os.file;

import io.execd.domain.file.FileOwners;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The names of {@code /etc/passwd} and {@code /etc/group}. Users of directory services are not
 * known, and go by their numbers.
 */
public final class SystemOwners implements FileOwners {
  private static final long LARGEST = 4_294_967_294L;

  private final NameFile users;
  private final NameFile groups;

  /** Those of this machine. */
  public SystemOwners() {
    this(Path.of("/etc/passwd"), Path.of("/etc/group"));
  }

  SystemOwners(Path passwd, Path group) {
    users = new NameFile(passwd);
    groups = new NameFile(group);
  }

  @Override
  public String userName(long uid) {
    return users.name(uid);
  }

  @Override
  public String groupName(long gid) {
    return groups.name(gid);
  }

  @Override
  public Optional<String> userNameAtOnce(long uid) {
    return users.nameAtOnce(uid);
  }

  @Override
  public Optional<String> groupNameAtOnce(long gid) {
    return groups.nameAtOnce(gid);
  }

  @Override
  public OptionalLong user(String nameOrNumber) {
    return id(users, nameOrNumber);
  }

  @Override
  public OptionalLong group(String nameOrNumber) {
    return id(groups, nameOrNumber);
  }

  /** A name made of digits is a name first, as chown has it. */
  private static OptionalLong id(NameFile file, String nameOrNumber) {
    Optional<Long> named = file.id(nameOrNumber);
    if (named.isPresent()) {
      return OptionalLong.of(named.get());
    }
    boolean number = nameOrNumber.matches("\\d{1,10}") && Long.parseLong(nameOrNumber) <= LARGEST;
    return number ? OptionalLong.of(Long.parseLong(nameOrNumber)) : OptionalLong.empty();
  }
}
