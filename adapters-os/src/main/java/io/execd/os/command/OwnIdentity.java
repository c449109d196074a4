package io.execd.os.command;

import io.execd.domain.command.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The user and groups the daemon itself has: taking them again needs rights it may not have. */
final class OwnIdentity {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final long uid;
  private final long gid;
  private final Set<Long> groups;

  private OwnIdentity(List<String> status) {
    this.uid = numbers(status, "Uid:").getFirst();
    this.gid = numbers(status, "Gid:").getFirst();
    this.groups = Set.copyOf(numbers(status, "Groups:"));
  }

  static OwnIdentity read() {
    try {
      return new OwnIdentity(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell the daemon's own user", e);
    }
  }

  long uid() {
    return uid;
  }

  long gid() {
    return gid;
  }

  /** Without the primary one. */
  List<Long> supplementaryGroups() {
    return groups.stream().filter(id -> id != gid).toList();
  }

  /** Whether another identity can be had at all. */
  boolean isRoot() {
    return uid == 0;
  }

  boolean is(Identity other) {
    return uid == other.uid()
        && gid == other.gid()
        && supplementary(groups).equals(supplementary(other.groups()));
  }

  /** The primary group may be among them or not: that changes nothing. */
  private Set<Long> supplementary(Collection<Long> all) {
    return all.stream().filter(id -> id != gid).collect(Collectors.toSet());
  }

  private static List<Long> numbers(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .flatMap(line -> Stream.of(line.substring(field.length()).trim().split("\\s+", -1)))
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .toList();
  }
}
