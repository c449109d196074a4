package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.file.FileInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a tree, found while they are asked for. Of a few listings at a time the next entries
 * are looked for while the caller deals with the last, up to some batches ahead. For one thread at
 * a time.
 */
public final class Listing implements AutoCloseable {
  private static final int BATCH = 128;
  private static final int BATCH_AHEAD = 512;
  private static final int MOST_AHEAD = 4;

  /**
   * Few may search ahead at the same time, which takes most of a megabyte for each of them: a
   * client that does not read keeps that for as long as it is there.
   */
  private static final Semaphore AHEAD = new Semaphore(8);

  /** Of those that are longer than a batch; each takes up to a tenth of a megabyte. */
  static final int MOST_OPEN = 200;

  private static final Semaphore OPEN = new Semaphore(MOST_OPEN);

  private final Actor actor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Belongs to whoever searches; to the caller while nobody does. */
  private final TreeWalk walk;

  // The rest is guarded by the lock.
  private final Permit open = new Permit(OPEN);
  private final Permit ahead = new Permit(AHEAD);
  private final Deque<List<TreeWalk.Found>> ready = new ArrayDeque<>();
  private boolean searching;
  private boolean over;
  private @Nullable RuntimeException failure;

  Listing(Actor actor, TreeWalk walk) {
    this.actor = actor;
    this.walk = walk;
    this.over = walk.isDone();
  }

  /** Whether all has been given. */
  public boolean isDone() {
    lock.lock();
    try {
      return over && ready.isEmpty() && !searching;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next entries, some hundreds at most. Blocks for some milliseconds; may give none although
   * there are more, so that the caller can look whether anybody still wants them.
   *
   * @throws Failure NOT_READY the first time, when too many are being read
   */
  public List<FileInfo> next() {
    List<FileInfo> infos = new ArrayList<>();
    for (TreeWalk.Found found : take()) {
      infos.add(actor.info(found.path(), found.status()));
    }
    return infos;
  }

  private List<TreeWalk.Found> take() {
    lock.lock();
    try {
      if (ready.isEmpty() && !searching && !over) {
        add(actor.atLength(top -> walk.next(BATCH)));
        requireOpen();
      }
      while (ready.isEmpty() && searching) {
        changed.awaitUninterruptibly();
      }
      if (failure != null) {
        throw failure;
      }
      List<TreeWalk.Found> next = ready.isEmpty() ? List.of() : ready.remove();
      if (!searching && !over && ready.size() <= MOST_AHEAD / 2 && ahead.take()) {
        searching = true;
        Thread.startVirtualThread(this::search);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (!over && !open.take()) {
      throw new Failure(
          Failure.Code.NOT_READY, MOST_OPEN + " long listings are being read: try again later");
    }
  }

  private void search() {
    RuntimeException broken = null;
    try {
      while (actor.atLength(top -> findSome())) {
        // between two turns others get the thread
      }
    } catch (RuntimeException failed) {
      broken = failed;
    } catch (Error error) {
      broken = new IllegalStateException(error);
    }
    lock.lock();
    try {
      failure = broken;
      searching = false;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** False when enough is found, or all. */
  private boolean findSome() {
    boolean more = true;
    for (int i = 0; i < MOST_AHEAD && more; i++) {
      more = add(walk.next(BATCH_AHEAD));
    }
    return more;
  }

  private boolean add(List<TreeWalk.Found> found) {
    lock.lock();
    try {
      ready.add(found);
      over |= walk.isDone();
      changed.signal();
      return !over && ready.size() < MOST_AHEAD;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      over = true;
      while (searching) {
        changed.awaitUninterruptibly();
      }
      walk.close();
      open.giveBack();
      ahead.giveBack();
    } finally {
      lock.unlock();
    }
  }
}
