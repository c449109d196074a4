package io.execd.os.command;

import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * Reaps the orphans that end as children of the daemon, which adopts them. Each child has one
 * waiter: who takes the status of another's makes an exit code 7 a 0. So it reaps only a zombie
 * that belongs to the first thread, which adopts but starts nothing itself, and that no loop owns.
 * One in a session of its own is an orphan then; one in the daemon's own session may also have been
 * started elsewhere in this JVM: that is reaped only when {@link JvmWaiters} does not name it, and
 * at the second look.
 *
 * <p>Of the loop's thread.
 */
final class OrphanReaper {
  private static final System.Logger LOG = System.getLogger(OrphanReaper.class.getName());

  /** How long the waiter of a child started elsewhere in this JVM may take to be named. */
  private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

  /** Of all the loops in this JVM: none takes the child of another. */
  private static final Set<IntPredicate> OWNERS = new CopyOnWriteArraySet<>();

  private record Zombie(int pid, long startTicks) {}

  private final Linux linux;
  private final BiConsumer<Duration, Runnable> later;
  private final IntPredicate owned;
  private final int self = (int) ProcessHandle.current().pid();
  private final int session = ProcessTable.row(self).map(ProcessTable.Row::session).orElse(0);
  private Set<Zombie> suspects = Set.of();

  /**
   * @param later runs an action on the loop's thread after a delay
   * @param owned whether the loop will reap this process
   */
  OrphanReaper(Linux linux, BiConsumer<Duration, Runnable> later, IntPredicate owned) {
    this.linux = linux;
    this.later = later;
    this.owned = owned;
    OWNERS.add(owned);
  }

  void close() {
    OWNERS.remove(owned);
  }

  /** A child has ended. The kernel names one; when that is not to be reaped, all are looked at. */
  void look() {
    Optional<Integer> ended = linux.endedChild();
    while (ended.isPresent()) {
      if (!isAdopted(ended.get()) || !reapStranger(ended.get())) {
        lookAtAll();
        return;
      }
      ended = linux.endedChild();
    }
  }

  private boolean isAdopted(int pid) {
    return ProcessTable.childrenOfFirstThread(self).contains(pid);
  }

  private void lookAtAll() {
    Set<Zombie> found = new HashSet<>();
    for (int pid : ProcessTable.childrenOfFirstThread(self)) {
      if (!reapStranger(pid)) {
        zombie(pid).filter(_ -> !isOwned(pid)).ifPresent(found::add);
      }
    }
    reapSuspects(found);
    if (!found.isEmpty() && !found.equals(suspects)) {
      later.accept(SECOND_LOOK, this::look);
    }
    suspects = found;
  }

  private void reapSuspects(Set<Zombie> found) {
    Set<Zombie> twice = new HashSet<>(found);
    twice.retainAll(suspects);
    if (!twice.isEmpty()) {
      Set<Integer> awaited = JvmWaiters.pids();
      twice.stream().filter(one -> !awaited.contains(one.pid())).forEach(this::reap);
    }
  }

  /** One that cannot have been started in this JVM but by a loop. */
  private boolean reapStranger(int pid) {
    return ProcessTable.row(pid)
        .filter(row -> row.zombie() && row.session() != session && !isOwned(pid))
        .map(row -> reap(new Zombie(pid, row.startTicks())))
        .orElse(false);
  }

  private static boolean isOwned(int pid) {
    return OWNERS.stream().anyMatch(owner -> owner.test(pid));
  }

  private static Optional<Zombie> zombie(int pid) {
    return ProcessTable.row(pid)
        .filter(ProcessTable.Row::zombie)
        .map(row -> new Zombie(pid, row.startTicks()));
  }

  /** By descriptor: once open, it is of the very zombie that was found, or it is let go. */
  private boolean reap(Zombie orphan) {
    Optional<Integer> descriptor = linux.processDescriptor(orphan.pid());
    if (descriptor.isEmpty()) {
      return false;
    }
    try {
      boolean same = zombie(orphan.pid()).filter(orphan::equals).isPresent();
      // A first thread may have ended before others: such a zombie cannot be reaped yet.
      boolean ended = same && linux.peek(descriptor.get()).isPresent();
      if (ended) {
        linux.reap(descriptor.get());
      }
      return ended;
    } catch (ErrnoException gone) {
      LOG.log(Level.DEBUG, "somebody else has reaped {0}", orphan.pid());
      return false;
    } finally {
      linux.close(descriptor.get());
    }
  }
}
