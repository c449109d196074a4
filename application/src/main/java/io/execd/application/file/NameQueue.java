package io.execd.application.file;

import io.execd.domain.file.Folder;
import java.util.ArrayDeque;
import java.util.Deque;

/** The names in an open folder, some hundreds of which are in memory at a time. */
final class NameQueue {
  private final Folder folder;
  private final Deque<String> names = new ArrayDeque<>();
  private boolean read;

  NameQueue(Folder folder) {
    this.folder = folder;
  }

  boolean hasNext() {
    while (names.isEmpty() && !read) {
      read = !folder.next((name, type) -> names.add(name));
    }
    return !names.isEmpty();
  }

  String next() {
    return names.remove();
  }

  /** Begins anew, also when it has come to its end. */
  void rewind() {
    folder.rewind();
    names.clear();
    read = false;
  }
}
