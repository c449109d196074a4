package io.execd.domain.file;

import java.time.Instant;

/**
 * Out-port: an open directory, whatever becomes of its name. Names in it are {@link Octets}; the
 * top folder takes absolute paths instead. Links are followed only where it says so. All calls
 * block, and throw {@link FileError} when the machine refuses. For one thread at a time; the owner
 * closes it.
 */
public interface Folder extends AutoCloseable {

  /** Gets the entries of a folder. */
  @FunctionalInterface
  interface Entries {
    /**
     * One entry, never {@code .} or {@code ..}.
     *
     * @param type what it is, as far as the folder itself knows: OTHER may turn out as anything
     */
    void entry(String name, FileType type);
  }

  /** How a file is opened. */
  enum Mode {
    /** To read, links followed; a device or FIFO is never waited for. */
    READ,
    /** To write what must not exist yet, with the usual mode. */
    CREATE,
    /** The same, but nobody else may read it. */
    CREATE_PRIVATE,
    /** To write to what is there and is no link, without changing it yet. */
    WRITE,
    /** The same, but links are followed. */
    WRITE_THROUGH
  }

  /** Opens the folder of this name. */
  Folder folder(String name, boolean follow);

  /**
   * Reads the next entries, some hundreds at once, in no order.
   *
   * @return false when there are no more
   */
  boolean next(Entries entries);

  /** Lets {@link #next} begin anew. */
  void rewind();

  /**
   * Gives the descriptor back for a while: only {@link #resume} and {@link #close} may follow.
   * Throws nothing when the machine refuses; then it stays open.
   */
  void suspend();

  /**
   * Opens it again, where {@link #next} was. Does nothing to a folder that is open.
   *
   * @param child an open folder that was in this one; when it is in another one by now, ESTALE
   */
  void resume(Folder child);

  FileStatus status(String name, boolean follow);

  /** Opens or makes a file; to {@link Mode#READ} also a folder, {@code .} for this one itself. */
  OpenFile open(String name, Mode mode);

  /** What a link says. */
  String readLink(String name);

  /**
   * Whether a link leads by way of a magic link of the kernel, as those in {@code /proc/self/fd}:
   * to what a process has open, which need not be what the text of the link names.
   */
  boolean isMagicLink(String name);

  /** Makes a folder with the usual mode. */
  void makeFolder(String name);

  /** Makes a folder that nobody else may look into. */
  void makePrivateFolder(String name);

  /** Makes a symbolic link, which may lead to nothing. */
  void makeLink(String name, String target);

  /** Removes a file or link; a folder is EISDIR. */
  void remove(String name);

  /** Removes an empty folder. */
  void removeFolder(String name);

  /**
   * Gives a file or folder another name in one step.
   *
   * @param replace whether what has that name already is replaced; else it is EEXIST
   */
  void rename(String name, Folder target, String targetName, boolean replace);

  /** Sets the permission bits of what the name stands for, links followed. */
  void setMode(String name, int mode);

  /**
   * Sets user and group of what the name stands for.
   *
   * @param uid {@link #UNCHANGED} to leave it
   * @param gid {@link #UNCHANGED} to leave it
   */
  void setOwner(String name, long uid, long gid, boolean follow);

  /** Sets when what has this name, be it a link, last changed. */
  void setModified(String name, Instant time);

  /**
   * Asks whether names may be made and removed in the folder of this name: EACCES or EROFS when
   * not. No promise: a sticky folder, for one, may refuse a name all the same.
   */
  void requireWritable(String name);

  /** The id that changes nothing. */
  long UNCHANGED = -1;

  /** Idempotent; never throws. */
  @Override
  void close();
}
