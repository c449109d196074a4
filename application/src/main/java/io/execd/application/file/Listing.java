package io.execd.application.file;

import io.execd.domain.file.FileInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a tree, found while they are asked for: the next ones are looked for while the caller
 * deals with the last, up to a few batches ahead. For one thread at a time.
 */
public final class Listing implements AutoCloseable {
  /** Of some hundred entries each. */
  private static final int MOST_AHEAD = 4;

  private final Actor actor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Belongs to whoever searches; to the caller while nobody does. */
  private final TreeWalk walk;

  // The rest is guarded by the lock.
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
        add(actor.atLength(top -> walk.next()));
      }
      while (ready.isEmpty() && searching) {
        changed.awaitUninterruptibly();
      }
      if (failure != null) {
        throw failure;
      }
      List<TreeWalk.Found> next = ready.isEmpty() ? List.of() : ready.remove();
      if (!searching && !over && ready.size() <= MOST_AHEAD / 2) {
        searching = true;
        Thread.startVirtualThread(this::search);
      }
      return next;
    } finally {
      lock.unlock();
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
      more = add(walk.next());
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
    } finally {
      lock.unlock();
    }
  }
}
