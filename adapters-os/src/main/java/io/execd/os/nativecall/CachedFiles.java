package io.execd.os.nativecall;

import io.execd.domain.file.FileStatus;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * What the kernel has in memory of the files on the mount of {@code /}, when that is of a kind that
 * asks neither networks nor programs. Never blocks, after it was made; safe for any number of
 * threads.
 */
public final class CachedFiles {
  /** ext, xfs, btrfs, f2fs, overlay and tmpfs, as statfs(2) numbers them. */
  private static final Set<Integer> LOCAL =
      Set.of(0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x794C7630, 0x01021994);

  /** Names that are in memory, on one mount (openat2(2), Linux 5.12). */
  private static final long RESOLVE_CACHED_HERE = 0x20 | 0x01;

  private static final int AT_DONT_SYNC = 0x4000;

  /** Where struct open_how lies, behind the place of struct statx. */
  private static final int OPEN_HOW = 256;

  private static final int OPEN_HOW_BYTES = 3 * Long.BYTES;

  private final Linux linux;
  private final long flags;
  private final boolean local;

  /** Asks what {@code /} is, which may block. */
  public CachedFiles(Linux linux) {
    this.linux = linux;
    this.flags = FileCalls.HOLD | FileCalls.noFollow(linux) | FileCalls.CLOSE_ON_EXEC;
    this.local = isLocal();
  }

  private boolean isLocal() {
    try (Scratch scratch = Scratch.borrow()) {
      long place = scratch.structureAddress();
      long result = linux.call(SystemCall.STATFS, scratch.name("/"), place);
      return result == 0 && LOCAL.contains(scratch.structure().getInt(0));
    }
  }

  /**
   * What an absolute path stands for, links not followed.
   *
   * @return empty for what is not in memory, on another mount, or not there, and where the kernel
   *     cannot tell
   */
  public Optional<FileStatus> status(String path) {
    if (!local) {
      return Optional.empty();
    }
    try (Scratch scratch = Scratch.borrow()) {
      ByteBuffer how = scratch.structure();
      how.putLong(OPEN_HOW, flags).putLong(OPEN_HOW + Long.BYTES, 0);
      how.putLong(OPEN_HOW + 2 * Long.BYTES, RESOLVE_CACHED_HERE);
      long place = scratch.structureAddress() + OPEN_HOW;
      long name = scratch.name(path);
      long descriptor = linux.call(SystemCall.OPENAT2, FileCalls.TOP, name, place, OPEN_HOW_BYTES);
      return descriptor < 0 ? Optional.empty() : statusAndClose(scratch, (int) descriptor);
    }
  }

  private Optional<FileStatus> statusAndClose(Scratch scratch, int descriptor) {
    long name = scratch.name("");
    long how = FileCalls.AT_EMPTY_PATH | AT_DONT_SYNC;
    long place = scratch.structureAddress();
    long result = linux.call(SystemCall.STATX, descriptor, name, how, StatusLayout.MASK, place);
    linux.close(descriptor);
    return result < 0 ? Optional.empty() : Optional.of(StatusLayout.read(scratch.structure()));
  }
}
