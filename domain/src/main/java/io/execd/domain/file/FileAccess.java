package io.execd.domain.file;

import io.execd.domain.command.Identity;
import java.util.Optional;

/**
 * Out-port: lets work be done on the machine's files, with the daemon's own rights or with those of
 * somebody else, on a thread that may block. Thread-safe.
 */
public interface FileAccess {

  /** Something done with files. What it opens may be used and closed later, in other work. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @param top from where absolute paths are reached; not to be closed or kept
     */
    T run(Folder top);
  }

  /**
   * Does work of some microseconds, such as a look or one block of data.
   *
   * @param identity whose rights the kernel checks; empty for the daemon's own
   * @throws io.execd.domain.Failure NOT_SUPPORTED when the daemon may not act for that identity,
   *     and then nothing was done
   */
  <T> T briefly(Optional<Identity> identity, Work<T> work);

  /** The same for work that may take longer. */
  <T> T atLength(Optional<Identity> identity, Work<T> work);

  /**
   * What a path stands for, links not followed, seen with the daemon's own rights. Never waits for
   * a disk, a network or another program, on whatever thread it is called.
   *
   * @return empty when it cannot be told without waiting, or not at all
   */
  Optional<FileStatus> statusAtOnce(FilePath path);
}
