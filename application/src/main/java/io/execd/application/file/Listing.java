package io.execd.application.file;

import io.execd.domain.file.FileInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Entries of a tree, found while they are asked for: the next ones are looked for while the caller
 * deals with the last. For one thread at a time.
 */
public final class Listing implements AutoCloseable {
  private final Actor actor;
  private final TreeWalk walk;
  private Optional<CompletableFuture<List<FileInfo>>> ahead = Optional.empty();

  Listing(Actor actor, TreeWalk walk) {
    this.actor = actor;
    this.walk = walk;
  }

  /** Whether all has been given. */
  public boolean isDone() {
    return ahead.isEmpty() && walk.isDone();
  }

  /**
   * The next entries, some hundreds at most. Blocks for some milliseconds; may give none although
   * there are more, so that the caller can look whether anybody still wants them.
   */
  public List<FileInfo> next() {
    List<FileInfo> next = ahead.isPresent() ? ahead.get().join() : find();
    ahead = walk.isDone() ? Optional.empty() : Optional.of(findAhead());
    return next;
  }

  private List<FileInfo> find() {
    return actor.atLength(top -> walk.next());
  }

  private CompletableFuture<List<FileInfo>> findAhead() {
    return CompletableFuture.supplyAsync(this::find, Thread::startVirtualThread);
  }

  @Override
  public void close() {
    ahead.ifPresent(running -> running.handle((found, failed) -> true).join());
    ahead = Optional.empty();
    walk.close();
  }
}
