package io.execd.os.nativecall;

import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import java.nio.ByteBuffer;
import java.time.Instant;

/** struct statx, which is the same on every processor. */
final class StatusLayout {
  /** The basic fields and the birth time. */
  static final long MASK = 0x7ff | 0x800;

  private static final int BIRTH = 0x800;
  private static final int ATTRIBUTES = 8;

  /** Told since Linux 5.8. */
  private static final long MOUNT_ROOT = 0x2000;

  private static final int UID = 20;
  private static final int GID = 24;
  private static final int MODE = 28;
  private static final int INODE = 32;
  private static final int SIZE = 40;
  private static final int CREATED = 80;
  private static final int CHANGED = 96;
  private static final int MODIFIED = 112;
  private static final int DEVICE = 136;
  private static final int PERMISSION_BITS = 07777;

  private StatusLayout() {}

  static FileStatus read(ByteBuffer words) {
    int mode = words.getShort(MODE);
    Instant changed = time(words, CHANGED);
    boolean birth = (words.getInt(0) & BIRTH) != 0;
    return new FileStatus(
        FileType.ofMode(mode),
        mode & PERMISSION_BITS,
        words.getLong(SIZE),
        time(words, MODIFIED),
        changed,
        birth ? time(words, CREATED) : changed,
        new FileStatus.Id(words.getLong(DEVICE), words.getLong(INODE)),
        Integer.toUnsignedLong(words.getInt(UID)),
        Integer.toUnsignedLong(words.getInt(GID)),
        (words.getLong(ATTRIBUTES) & MOUNT_ROOT) != 0);
  }

  private static Instant time(ByteBuffer words, int at) {
    return Instant.ofEpochSecond(words.getLong(at), words.getInt(at + Long.BYTES));
  }
}
