package io.execd.domain.file;

import java.time.Instant;

/**
 * What the machine says of one file.
 *
 * @param mode the twelve permission bits
 * @param sizeBytes what it holds; 0 also for files that make their content when they are read
 * @param modified when its content last changed
 * @param changed when anything of it last changed
 * @param created when it was made; the same as {@code changed} where nobody knows
 * @param mountPoint whether it is mounted there, as far as the machine tells
 */
public record FileStatus(
    FileType type,
    int mode,
    long sizeBytes,
    Instant modified,
    Instant changed,
    Instant created,
    Id id,
    long uid,
    long gid,
    boolean mountPoint) {

  /** What no other file of this machine has at the same time. */
  public record Id(long device, long inode) {}

  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  /** A text that changes whenever the file does. */
  public String tag() {
    return "%x-%x-%x-%x".formatted(id.inode, sizeBytes, nanos(modified), nanos(changed));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
