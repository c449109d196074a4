package io.execd.domain.file;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Two users, who are also two groups: root and jo (1000). */
public final class FakeOwners implements FileOwners {
  private static final Map<String, Long> IDS = Map.of("root", 0L, "jo", 1000L);

  @Override
  public String userName(long uid) {
    return name(uid);
  }

  @Override
  public String groupName(long gid) {
    return name(gid);
  }

  @Override
  public Optional<String> userNameAtOnce(long uid) {
    return Optional.of(name(uid));
  }

  @Override
  public Optional<String> groupNameAtOnce(long gid) {
    return Optional.of(name(gid));
  }

  private static String name(long id) {
    return IDS.entrySet().stream()
        .filter(entry -> entry.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Long.toString(id));
  }

  @Override
  public OptionalLong user(String nameOrNumber) {
    return id(nameOrNumber);
  }

  @Override
  public OptionalLong group(String nameOrNumber) {
    return id(nameOrNumber);
  }

  private static OptionalLong id(String nameOrNumber) {
    Long id = IDS.get(nameOrNumber);
    if (id != null) {
      return OptionalLong.of(id);
    }
    return nameOrNumber.matches("\\d+")
        ? OptionalLong.of(Long.parseLong(nameOrNumber))
        : OptionalLong.empty();
  }
}
