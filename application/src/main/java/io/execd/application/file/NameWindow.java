package io.execd.application.file;

import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the names of one folder in order, with room for so many of them and no more: a folder with
 * more is read several times, each time for the names that come next.
 */
final class NameWindow {
  /** What a whole walk may hold: some megabytes. */
  static final int WHOLE = 32 * 1024;

  private static final int LEAST = 256;

  private final int room;
  private @Nullable String last;

  NameWindow(int room) {
    this.room = room;
  }

  /** All levels of a deep walk together hold little more than the first. */
  NameWindow ofLevelBelow() {
    return new NameWindow(Math.max(LEAST, room / 2));
  }

  /**
   * Adds the names that come next.
   *
   * @return false when there are none after them
   */
  boolean fill(Folder folder, Deque<WalkLevel.Entry> ready) {
    NavigableMap<String, FileType> next = new TreeMap<>();
    folder.rewind();
    boolean cut = false;
    boolean more = true;
    while (more) {
      more = folder.next((name, type) -> add(next, name, type));
      cut |= shrink(next);
    }
    next.forEach((name, type) -> ready.add(new WalkLevel.Entry(name, type)));
    last = next.isEmpty() ? last : next.lastKey();
    return cut;
  }

  private void add(NavigableMap<String, FileType> next, String name, FileType type) {
    if (last == null || name.compareTo(last) > 0) {
      next.put(name, type);
    }
  }

  private boolean shrink(NavigableMap<String, FileType> next) {
    boolean cut = next.size() > room;
    while (next.size() > room) {
      Map.Entry<String, FileType> _ = next.pollLastEntry();
    }
    return cut;
  }
}
