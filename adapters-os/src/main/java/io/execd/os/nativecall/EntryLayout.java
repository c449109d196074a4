package io.execd.os.nativecall;

import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.nio.ByteBuffer;

/** Where a directory's entries lie in the answer of {@code getdents64}. */
final class EntryLayout {
  /** Some hundred names: a walk that waits for its client keeps what it has read. */
  static final int MOST_BYTES = 16 * 1024;

  private static final int LENGTH = 16;
  private static final int TYPE = 18;
  private static final int NAME = 19;

  private EntryLayout() {}

  /** Tells of all entries in the first bytes of the data. */
  static void read(Scratch scratch, int length, Folder.Entries entries) {
    for (int at = 0; at < length; ) {
      int entryLength = scratch.data().getShort(at + LENGTH);
      tell(scratch, at, at + entryLength, entries);
      at += entryLength;
    }
  }

  /** The name ends in the last word of its entry, which is as long as needed and no longer. */
  private static void tell(Scratch scratch, int at, int next, Folder.Entries entries) {
    ByteBuffer data = scratch.data();
    int end = Math.max(at + NAME, next - Long.BYTES);
    while (data.get(end) != 0) {
      end++;
    }
    String name = scratch.octets(at + NAME, end - at - NAME);
    if (!name.equals(".") && !name.equals("..")) {
      entries.entry(name, type(data.get(at + TYPE)));
    }
  }

  private static FileType type(byte type) {
    return switch (type) {
      case 8 -> FileType.FILE;
      case 4 -> FileType.DIRECTORY;
      case 10 -> FileType.SYMLINK;
      default -> FileType.OTHER;
    };
  }
}
