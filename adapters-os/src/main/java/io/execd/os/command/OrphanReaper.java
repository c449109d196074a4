package io.execd.os.command;

import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Reaps the orphans that end as children of a daemon that is process 1 or a subreaper; otherwise it
 * does nothing. Each child has one waiter: who takes the status of another's makes an exit code 7 a
 * 0. So it reaps only a zombie that belongs to the first thread, which adopts but starts nothing
 * itself, that the loop does not own, that {@link JvmWaiters} does not name, and that was one at
 * the look before.
 *
 * <p>Of the loop's thread, but for {@link #request}.
 */
final class OrphanReaper {
  private static final System.Logger LOG = System.getLogger(OrphanReaper.class.getName());

  /**
   * Adoption has no event, and SIGCHLD reaches a descriptor only where all of the JVM's threads
   * block it. So there is a look now and then, a single system call mostly, while there are
   * children. It is also how long the waiter of a child started elsewhere in this JVM may take.
   */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private record Zombie(int pid, long startTicks) {}

  private final Linux linux;
  private final BiConsumer<Duration, Runnable> later;
  private final IntPredicate owned;
  private final boolean adopts;
  private final int self = (int) ProcessHandle.current().pid();
  private final AtomicBoolean looking = new AtomicBoolean();
  private Set<Zombie> suspects = Set.of();

  /**
   * @param later runs an action on the loop's thread after a delay
   * @param owned whether the loop will reap this process
   */
  OrphanReaper(Linux linux, BiConsumer<Duration, Runnable> later, IntPredicate owned) {
    this.linux = linux;
    this.later = later;
    this.owned = owned;
    this.adopts = linux.adoptsOrphans();
  }

  /**
   * There may be children from now on: looks until there are none. For any thread.
   *
   * @param loop runs an action on the loop's thread
   */
  void request(Consumer<Runnable> loop) {
    if (adopts && looking.compareAndSet(false, true)) {
      loop.accept(this::lookLater);
    }
  }

  private void lookLater() {
    later.accept(INTERVAL, this::look);
  }

  private void look() {
    // First, so that a child started from here on makes its own request.
    looking.set(false);
    switch (linux.children()) {
      case NONE -> suspects = Set.of();
      case ALL_RUN -> {
        suspects = Set.of();
        request(Runnable::run);
      }
      case SOME_ENDED -> {
        request(Runnable::run);
        reapSuspects();
      }
    }
  }

  private void reapSuspects() {
    Set<Zombie> found = new HashSet<>();
    for (int pid : ProcessTable.childrenOfFirstThread(self)) {
      zombie(pid).filter(_ -> !owned.test(pid)).ifPresent(found::add);
    }
    Set<Zombie> twice = new HashSet<>(found);
    twice.retainAll(suspects);
    if (!twice.isEmpty()) {
      Set<Integer> awaited = JvmWaiters.pids();
      twice.stream().filter(one -> !awaited.contains(one.pid())).forEach(this::reap);
    }
    suspects = found;
  }

  private static Optional<Zombie> zombie(int pid) {
    return ProcessTable.row(pid)
        .filter(ProcessTable.Row::zombie)
        .map(row -> new Zombie(pid, row.startTicks()));
  }

  /** By descriptor: once open, it is of the very zombie that was found, or it is let go. */
  private void reap(Zombie orphan) {
    Optional<Integer> descriptor = linux.processDescriptor(orphan.pid());
    if (descriptor.isEmpty()) {
      return;
    }
    try {
      boolean same = zombie(orphan.pid()).filter(orphan::equals).isPresent();
      // A first thread may have ended before others: such a zombie cannot be reaped yet.
      if (same && linux.peek(descriptor.get()).isPresent()) {
        linux.reap(descriptor.get());
      }
    } catch (ErrnoException gone) {
      LOG.log(Level.DEBUG, "somebody else has reaped {0}", orphan.pid());
    } finally {
      linux.close(descriptor.get());
    }
  }
}
