package io.execd.os.command;

import io.execd.os.nativecall.Linux;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The descendants of one process that have left its group. They are found by their ancestry, as
 * /proc tells it, and those whose ancestors have ended among the orphans that this daemon has
 * adopted: by the session of the process, or by the entry in their environment that no other
 * process was started with. Where the kernel does not list children, none are found. Of the loop's
 * thread.
 */
final class ProcessTree {
  private static final int MOST = 4096;

  /** A tree that forks faster than it is stopped is killed as far as it was found. */
  private static final int MOST_ROUNDS = 16;

  private static final int SELF = (int) ProcessHandle.current().pid();

  private final Linux linux;
  private final int leader;
  private final String mark;

  /** A process, whoever gets its id later. */
  private record Found(int pid, long startTicks) {}

  private final Set<Found> found = new HashSet<>();
  private final List<Integer> descriptors = new ArrayList<>();

  /**
   * @param leader a child of this process that leads a session, not yet reaped
   * @param mark the entry {@code NAME=value} in its environment that is its own
   */
  ProcessTree(Linux linux, int leader, String mark) {
    this.linux = linux;
    this.leader = leader;
    this.mark = mark;
  }

  /** Signals the group and all that left it; those found earlier are signalled again. */
  void signal(int signal) {
    look();
    send(signal);
  }

  /**
   * Kills the group and all that left it. They are stopped first, until a look finds no others:
   * what is stopped starts nothing, and its children stay its own.
   */
  void kill() {
    send(Linux.SIGSTOP);
    for (int round = 0; round < MOST_ROUNDS && look(); round++) {
      send(Linux.SIGSTOP);
    }
    send(Linux.SIGKILL);
  }

  private void send(int signal) {
    linux.signal(-leader, signal);
    descriptors.forEach(one -> linux.signalByDescriptor(one, signal));
  }

  /** Forgets them all. */
  void close() {
    descriptors.forEach(linux::close);
    descriptors.clear();
    found.clear();
  }

  /** Whether there were any that were not known before. */
  private boolean look() {
    int before = found.size();
    Deque<Found> parents = new ArrayDeque<>(found);
    ProcessTable.row(leader).ifPresent(row -> parents.add(new Found(leader, row.startTicks())));
    for (int orphan : ProcessTable.childrenOfFirstThread(SELF)) {
      add(orphan, SELF, parents);
    }
    Set<Found> seen = new HashSet<>();
    while (!parents.isEmpty() && seen.size() < MOST) {
      Found parent = parents.removeFirst();
      if (seen.add(parent)) {
        children(parent).forEach(child -> add(child, parent.pid(), parents));
      }
    }
    return found.size() > before;
  }

  /** None when the id is another's by now. */
  private static List<Integer> children(Found parent) {
    List<Integer> children = ProcessTable.children(parent.pid());
    boolean same =
        ProcessTable.row(parent.pid())
            .filter(row -> row.startTicks() == parent.startTicks())
            .isPresent();
    return same ? children : List.of();
  }

  private void add(int pid, int parent, Deque<Found> parents) {
    ProcessTable.row(pid)
        .filter(row -> row.parent() == parent && (parent != SELF || isAdopted(pid, row)))
        .ifPresent(row -> {
          Found child = new Found(pid, row.startTicks());
          parents.addLast(child);
          if (row.group() != leader && found.add(child)) {
            open(child).ifPresent(descriptors::add);
          }
        });
  }

  /** The leader's children are found through the leader. */
  private boolean isAdopted(int pid, ProcessTable.Row row) {
    return pid != leader
        && !row.zombie()
        && (row.session() == leader || ProcessTable.hasVariable(pid, mark));
  }

  /**
   * The process could end and its id be given to another between any two looks. Once its descriptor
   * is open, it is that of the one that was found, or it is let go.
   */
  private Optional<Integer> open(Found one) {
    Optional<Integer> descriptor = linux.processDescriptor(one.pid());
    boolean same =
        ProcessTable.row(one.pid()).filter(row -> row.startTicks() == one.startTicks()).isPresent();
    if (!same) {
      descriptor.ifPresent(linux::close);
    }
    return same ? descriptor : Optional.empty();
  }
}
