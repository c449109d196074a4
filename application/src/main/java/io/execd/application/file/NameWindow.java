package io.execd.application.file;

import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Gives the names of one folder in order, with room for so many of them and no more: a folder with
 * more is read several times, each time for the names that come next. A few windows of all have the
 * room of a whole walk, the others what a common folder needs; one may take even more, which makes
 * a listing of a million names three times as fast.
 */
final class NameWindow implements AutoCloseable {
  /** What a whole walk may hold: some megabytes. */
  static final int WHOLE = 32 * 1024;

  private static final int LEAST = 256;
  private static final int WIDE = 4 * WHOLE;
  private static final Semaphore ROOMY_ONES = new Semaphore(3);
  private static final Semaphore WIDE_ONES = new Semaphore(1);

  /** In no order, up to half as many again as there is room for: to sort is to make room. */
  private final List<WalkLevel.Entry> next = new ArrayList<>();

  private final int most;
  private int room;
  private final Permit roomy = new Permit(ROOMY_ONES);
  private final Permit wide = new Permit(WIDE_ONES);
  private @Nullable String last;

  /** From here on names are for another time. */
  private @Nullable String end;

  /** With room for so many names, if there is memory for them. */
  NameWindow(int most) {
    this.most = most;
    this.room = Math.min(LEAST, most);
  }

  /** All levels of a deep walk together hold little more than the first. */
  NameWindow ofLevelBelow() {
    return new NameWindow(Math.max(LEAST, most / 2));
  }

  /**
   * Adds the names that come next.
   *
   * @return false when there are none after them
   */
  boolean fill(Folder folder, Deque<WalkLevel.Entry> ready) {
    end = null;
    folder.rewind();
    boolean more = true;
    while (more) {
      more = folder.next(this::add);
    }
    makeRoom();
    next.forEach(entry -> addOnce(entry, ready));
    next.clear();
    return end != null;
  }

  private void add(String name, FileType type) {
    boolean wanted =
        (last == null || name.compareTo(last) > 0) && (end == null || name.compareTo(end) < 0);
    if (wanted) {
      next.add(new WalkLevel.Entry(name, type));
      if (next.size() > room + room / 2 && !widen()) {
        makeRoom();
      }
    }
  }

  private void makeRoom() {
    next.sort((one, other) -> one.name().compareTo(other.name()));
    if (next.size() > room) {
      end = next.get(room).name();
      next.subList(room, next.size()).clear();
    }
  }

  /** A folder that changes while it is read may tell a name twice. */
  private void addOnce(WalkLevel.Entry entry, Deque<WalkLevel.Entry> ready) {
    if (!entry.name().equals(last)) {
      last = entry.name();
      ready.add(entry);
    }
  }

  private boolean widen() {
    if (room < most && roomy.take()) {
      room = most;
      return true;
    }
    if (room == WHOLE && wide.take()) {
      room = WIDE;
      return true;
    }
    return false;
  }

  @Override
  public void close() {
    roomy.giveBack();
    wide.giveBack();
  }
}
