package io.execd.os.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Watches the kernel's count of processes killed for want of memory in our control group, and lets
 * each of these kills explain one death. Thread-safe.
 */
final class OutOfMemoryKills {
  private static final Path MEMBERSHIP = Path.of("/proc/self/cgroup");
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** A file is not read for every command: a kill in the second before a start is its own too. */
  private static final long SAMPLE_NANOS = 1_000_000_000L;

  private final List<Path> counters;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private long sampled;
  private long sampledAt = System.nanoTime();
  private long explained;

  OutOfMemoryKills() {
    this(counters(MEMBERSHIP, ROOT));
  }

  /**
   * @param counters the first one that can be read counts
   */
  OutOfMemoryKills(List<Path> counters) {
    this.counters = List.copyOf(counters);
    this.sampled = count();
  }

  /**
   * The count as it was at most a second ago: what a process that is started now cannot have met.
   */
  long sample() {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (now - sampledAt > SAMPLE_NANOS) {
        sampled = count();
        sampledAt = now;
      }
      return sampled;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether one of the kills since a sample can be the cause of a death, and of no other death that
   * was asked for. That is used up then.
   */
  boolean explains(long sample) {
    lock.lock();
    try {
      long from = Math.max(sample, explained);
      boolean any = count() > from;
      explained = any ? from + 1 : explained;
      return any;
    } finally {
      lock.unlock();
    }
  }

  /** In a container the path told may be the host's, so the root of the mount comes second. */
  static List<Path> counters(Path membership, Path root) {
    return lines(membership)
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .flatMap(parts -> counters(root, parts[1], parts[2].substring(1)))
        .toList();
  }

  private static Stream<Path> counters(Path root, String controllers, String group) {
    if (controllers.isEmpty()) {
      String file = "memory.events";
      return Stream.of(root.resolve(group).resolve(file), root.resolve(file));
    }
    if (!List.of(controllers.split(",", -1)).contains("memory")) {
      return Stream.empty();
    }
    Path memory = root.resolve("memory");
    String file = "memory.oom_control";
    return Stream.of(memory.resolve(group).resolve(file), memory.resolve(file));
  }

  private long count() {
    return counters.stream()
        .filter(Files::isReadable)
        .limit(1)
        .flatMap(OutOfMemoryKills::lines)
        .filter(line -> line.startsWith("oom_kill "))
        .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).trim()))
        .sum();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
