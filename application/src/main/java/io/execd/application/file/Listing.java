package io.execd.application.file;

import io.execd.domain.file.FileInfo;
import java.util.List;

/** Entries of a tree, found while they are asked for. For one thread at a time. */
public final class Listing implements AutoCloseable {
  private final Actor actor;
  private final TreeWalk walk;

  Listing(Actor actor, TreeWalk walk) {
    this.actor = actor;
    this.walk = walk;
  }

  /** Whether all has been given. */
  public boolean isDone() {
    return walk.isDone();
  }

  /**
   * The next entries, some hundreds at most. Blocks for some milliseconds; may give none although
   * there are more, so that the caller can look whether anybody still wants them.
   */
  public List<FileInfo> next() {
    return actor.atLength(top -> walk.next());
  }

  @Override
  public void close() {
    walk.close();
  }
}
