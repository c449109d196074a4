package io.execd.os.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.execd.os.nativecall.Linux;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the descendants of a process in /proc. A snapshot: what forks meanwhile may be missed.
 * Where the kernel does not list children, none are found.
 */
final class ProcessTree {
  private static final int MOST = 4096;
  private static final int PARENT = 1;
  private static final int GROUP = 2;

  private final Linux linux;

  ProcessTree(Linux linux) {
    this.linux = linux;
  }

  /**
   * Descriptors of the descendants of a group's leader that are in other groups; the caller closes
   * them.
   */
  List<Integer> outsideGroup(int leader) {
    List<Integer> found = new ArrayList<>();
    Deque<Integer> parents = new ArrayDeque<>(List.of(leader));
    for (int visited = 0; !parents.isEmpty() && visited < MOST; visited++) {
      int parent = parents.removeFirst();
      for (int child : children(parent)) {
        parents.addLast(child);
        escapee(child, parent, leader).ifPresent(found::add);
      }
    }
    return found;
  }

  /**
   * The process could end and its id be given to another between any two looks. Once its descriptor
   * is open, that one process either is still the child it was found as, or is let go.
   */
  private Optional<Integer> escapee(int pid, int parent, int group) {
    if (field(pid, GROUP).filter(one -> one != group).isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> descriptor = linux.processDescriptor(pid);
    boolean same = field(pid, PARENT).filter(one -> one == parent).isPresent();
    if (!same) {
      descriptor.ifPresent(linux::close);
    }
    return same ? descriptor : Optional.empty();
  }

  private static List<Integer> children(int pid) {
    List<Integer> found = new ArrayList<>();
    Path tasks = Path.of("/proc", String.valueOf(pid), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        words(thread.resolve("children")).map(Integer::valueOf).forEach(found::add);
      }
    } catch (IOException gone) {
      return found;
    }
    return found;
  }

  /** A number of /proc/PID/stat after the program's name, which may hold anything. */
  private static Optional<Integer> field(int pid, int index) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(Integer.valueOf(fields[index]));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Stream<String> words(Path file) {
    try {
      return Stream.of(Files.readString(file).trim().split(" ", -1))
          .filter(word -> !word.isEmpty());
    } catch (IOException gone) {
      return Stream.empty();
    }
  }
}
