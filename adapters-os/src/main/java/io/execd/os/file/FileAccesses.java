package io.execd.os.file;

import io.execd.domain.file.FileAccess;
import io.execd.os.nativecall.Linux;
import java.lang.System.Logger.Level;

/** Chooses the way to files that fits this machine. */
public final class FileAccesses {
  private static final System.Logger LOG = System.getLogger(FileAccesses.class.getName());

  private FileAccesses() {}

  /**
   * System calls on Linux with x86-64 or aarch64, else java.nio. Returns at once: the choice is
   * made at the first use.
   */
  public static FileAccess forThisMachine() {
    return new LazyFileAccess(FileAccesses::choose);
  }

  private static FileAccess choose() {
    try {
      return new LinuxFileAccess(Linux.load());
    } catch (UnsupportedOperationException e) {
      LOG.log(
          Level.WARNING,
          "files are reached without system calls: links may be followed: {0}",
          e.getMessage());
      return new PortableFileAccess();
    }
  }
}
