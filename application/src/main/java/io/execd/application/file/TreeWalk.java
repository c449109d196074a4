package io.execd.application.file;

import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import io.execd.domain.file.Glob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A walk down a tree, in steps. Each folder is opened from the one above it and never by way of a
 * link, so the walk stays in its tree whatever is swapped meanwhile. What cannot be read is left
 * out.
 */
final class TreeWalk {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Wish wish;
  private final Deque<WalkLevel> levels = new ArrayDeque<>();
  private final OpenFolders folders = new OpenFolders();
  private Optional<Found> single = Optional.empty();

  /** Something in a folder, as it was found. */
  record Found(FilePath folder, String name, FileStatus status) {
    FilePath path() {
      return folder.child(name);
    }
  }

  /** What is wanted of a tree. */
  private sealed interface Wish {
    /** All but folders, by their name or relative path. */
    record Matching(Glob glob) implements Wish {}

    /** All, in order, down to a depth. */
    record Ordered(int depth) implements Wish {}
  }

  private TreeWalk(Wish wish) {
    this.wish = wish;
  }

  /** All below the root that match. A link as root is followed; a file as root may match too. */
  static TreeWalk search(Actor actor, FilePath root, Glob glob) {
    return actor.briefly(top -> search(top, root, glob));
  }

  private static TreeWalk search(Folder top, FilePath root, Glob glob) {
    TreeWalk walk = new TreeWalk(new Wish.Matching(glob));
    try {
      FileStatus status = top.status(root.octets(), true);
      if (status.isDirectory()) {
        walk.push(WalkLevel.unordered(top.folder(root.octets(), true), root));
      } else if (glob.matches(root.name())) {
        walk.single =
            Optional.of(new Found(root.parent(), root.name(), top.status(root.octets(), false)));
      }
      return walk;
    } catch (FileError error) {
      throw FileFailures.looking(root, "search it", error);
    }
  }

  /** All below the root, which must be a folder and no link. */
  static TreeWalk list(Actor actor, FilePath root, int depth) {
    return actor.briefly(top -> list(top, root, depth));
  }

  private static TreeWalk list(Folder top, FilePath root, int depth) {
    TreeWalk walk = new TreeWalk(new Wish.Ordered(depth));
    try {
      if (!top.status(root.octets(), false).isDirectory()) {
        throw FileFailures.of(Code.INVALID_REQUEST, root, "list it", "it is no directory");
      }
      Folder folder = top.folder(root.octets(), false);
      if (depth == 0) {
        folder.close();
      } else {
        walk.push(WalkLevel.ordered(folder, root, NameWindow.WHOLE));
      }
      return walk;
    } catch (FileError error) {
      throw FileFailures.looking(root, "list it", error);
    }
  }

  private void push(WalkLevel level) {
    levels.push(level);
    folders.push(level.folder());
  }

  boolean isDone() {
    return levels.isEmpty() && single.isEmpty();
  }

  /** The next ones, which may be fewer or none although there are more. */
  List<Found> next(int most) {
    List<Found> found = new ArrayList<>();
    single.ifPresent(found::add);
    single = Optional.empty();
    long begin = System.nanoTime();
    while (!levels.isEmpty() && found.size() < most && System.nanoTime() - begin < STEP_NANOS) {
      step(levels.element(), found);
    }
    return found;
  }

  private void step(WalkLevel level, List<Found> found) {
    Optional<WalkLevel.Entry> next = level.next();
    if (next.isEmpty()) {
      folders.pop(level.path());
      levels.pop().close();
      return;
    }
    WalkLevel.Entry entry = next.get();
    switch (wish) {
      case Wish.Matching(Glob glob) -> match(level, entry, glob, found);
      case Wish.Ordered(int depth) -> take(level, entry, depth, found);
    }
  }

  private void match(WalkLevel level, WalkLevel.Entry entry, Glob glob, List<Found> found) {
    boolean wanted = glob.matches(glob.isForPath() ? level.relative(entry) : entry.name());
    FileType type = entry.type();
    if (type == FileType.DIRECTORY || (type == FileType.OTHER && !wanted)) {
      enter(level, entry);
    } else if (wanted) {
      Optional<FileStatus> status = level.status(entry);
      if (status.isPresent() && status.get().isDirectory()) {
        enter(level, entry);
      } else if (status.isPresent()) {
        found.add(new Found(level.path(), entry.name(), status.get()));
      }
    }
  }

  private void enter(WalkLevel level, WalkLevel.Entry entry) {
    level.open(entry).ifPresent(folder -> push(level.below(entry, folder)));
  }

  private void take(WalkLevel level, WalkLevel.Entry entry, int depth, List<Found> found) {
    Optional<FileStatus> status = level.status(entry);
    status.ifPresent(known -> found.add(new Found(level.path(), entry.name(), known)));
    if (levels.size() < depth && status.filter(FileStatus::isDirectory).isPresent()) {
      enter(level, entry);
    }
  }

  void close() {
    levels.forEach(WalkLevel::close);
    levels.clear();
    folders.close();
    single = Optional.empty();
  }
}
