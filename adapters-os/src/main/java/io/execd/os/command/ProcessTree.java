package io.execd.os.command;

import io.execd.os.nativecall.Linux;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the descendants of a process in /proc. A snapshot: what forks meanwhile may be missed.
 * Where the kernel does not list children, none are found.
 */
final class ProcessTree {
  private static final int MOST = 4096;

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
      for (int child : ProcessTable.children(parent)) {
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
    if (ProcessTable.row(pid).filter(row -> row.group() != group).isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> descriptor = linux.processDescriptor(pid);
    boolean same = ProcessTable.row(pid).filter(row -> row.parent() == parent).isPresent();
    if (!same) {
      descriptor.ifPresent(linux::close);
    }
    return same ? descriptor : Optional.empty();
  }
}
