package io.execd.os.nativecall;

import io.execd.domain.OsError;
import io.execd.domain.file.FileError;
import java.nio.ByteBuffer;

/**
 * Opens absolute paths without following the magic links of {@code /proc}, anywhere in them:
 * through these whatever the daemon itself has open can be reached, no matter whose rights the
 * calling thread has (openat2(2), Linux 5.6). Descriptors belong to the caller. Safe for any number
 * of threads.
 */
public final class GuardedPaths {
  private static final long NO_MAGIC_LINKS = 0x02;
  private static final int HOW_BYTES = 3 * Long.BYTES;
  private static final OsError REFUSED =
      new OsError(
          Errno.EACCES.number(),
          Errno.EACCES.name(),
          "permission denied: a link of /proc is followed for the daemon itself only");

  private final Linux linux;
  private final FileCalls calls;
  private final int directory;
  private final int noFollow;
  private final boolean known;

  /** Asks the kernel whether it knows how to. */
  public GuardedPaths(Linux linux, FileCalls calls) {
    this.linux = linux;
    this.calls = calls;
    this.directory = FileCalls.directory(linux);
    this.noFollow = FileCalls.noFollow(linux);
    this.known = isKnown();
  }

  private boolean isKnown() {
    long opened = openAt("/", FileCalls.HOLD, 0);
    if (opened >= 0) {
      calls.close((int) opened);
    }
    return opened >= 0;
  }

  /** Whether this kernel, and the filter in front of it, can do this. Else nothing else works. */
  public boolean isPossible() {
    return known;
  }

  /**
   * Opens a file, or a link itself.
   *
   * @param flags as those of {@link FileCalls}
   * @throws FileError also EACCES, when a magic link is in the way
   */
  public int open(String path, int flags, int mode) {
    long opened = openAt(path, flags, mode);
    if (opened == -Errno.ELOOP.number() && isMagic(path, flags)) {
      throw new FileError(REFUSED);
    }
    return (int) FileCalls.check(opened);
  }

  public int openDirectory(String path, boolean follow) {
    return open(path, directory | (follow ? 0 : FileCalls.NO_LINK), 0);
  }

  /** Only to work on names in it, which takes no right to list them. */
  public int holdDirectory(String path) {
    return open(path, FileCalls.HOLD | directory, 0);
  }

  /** Whether what failed with ELOOP did so neither for the last link itself nor for a real loop. */
  private boolean isMagic(String path, int flags) {
    long held = openAt(path, FileCalls.HOLD | (flags & FileCalls.NO_LINK), 0);
    if (held >= 0) {
      calls.close((int) held);
      return false;
    }
    try {
      calls.status(FileCalls.TOP, path, (flags & FileCalls.NO_LINK) == 0);
      return true;
    } catch (FileError other) {
      return !other.is("ELOOP");
    }
  }

  private long openAt(String path, int flags, int mode) {
    int link = (flags & FileCalls.NO_LINK) == 0 ? 0 : noFollow;
    long all = (flags & ~FileCalls.NO_LINK) | link | FileCalls.CLOSE_ON_EXEC;
    try (Scratch scratch = Scratch.borrow()) {
      ByteBuffer how = scratch.structure();
      how.putLong(0, all).putLong(Long.BYTES, mode).putLong(2 * Long.BYTES, NO_MAGIC_LINKS);
      long name = scratch.name(path);
      return name == 0
          ? -Errno.ENAMETOOLONG.number()
          : linux.call(
              SystemCall.OPENAT2, FileCalls.TOP, name, scratch.structureAddress(), HOW_BYTES);
    }
  }
}
