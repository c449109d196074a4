package io.execd.os.nativecall;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The system calls for files, relative to an open directory. Names are strings of octets.
 * Descriptors belong to the caller. Everything throws {@link FileError}, blocks, and acts with the
 * rights of the calling thread. Safe for any number of threads.
 */
public final class FileCalls {
  /** In place of a directory: names are absolute paths. */
  public static final int TOP = -100;

  public static final int READ = 0;
  public static final int WRITE = 1;

  /** To write what must not exist yet, not even as a link. */
  public static final int CREATE = WRITE | 0100 | 0200;

  /** Neither to read nor to write: the descriptor only holds what has the name. */
  public static final int HOLD = 010000000;

  /** Never waits for the other side of a FIFO or device, and takes no terminal. */
  public static final int NO_WAITING = 04000 | 0400;

  /** A bit of our own: a link as the last name is refused (ELOOP). */
  public static final int NO_LINK = 1 << 30;

  static final int CLOSE_ON_EXEC = 02000000;
  private static final int AT_NO_FOLLOW = 0x100;
  private static final int AT_REMOVE_DIRECTORY = 0x200;
  private static final int AT_EFFECTIVE_IDS = 0x200;
  static final int AT_EMPTY_PATH = 0x1000;
  private static final int WRITE_AND_SEARCH = 2 | 1;
  private static final int NO_REPLACE = 1;
  private static final int FROM_HERE = 1;
  private static final long UNCHANGED_TIME = (1L << 30) - 2;

  private static final int PROC = 0x9FA0;

  private final Linux linux;
  private final ContentCalls content;
  private final int directory;
  private final int noFollow;

  public FileCalls(Linux linux) {
    this.linux = linux;
    this.content = new ContentCalls(linux);
    directory = directory(linux);
    noFollow = noFollow(linux);
  }

  /** This one and the next are the only flags in use that the processors number differently. */
  static int directory(Linux linux) {
    return linux.packedEvents() ? 0200000 : 040000;
  }

  static int noFollow(Linux linux) {
    return linux.packedEvents() ? 0400000 : 0100000;
  }

  /** What is done with the content of an open file. */
  public ContentCalls content() {
    return content;
  }

  /**
   * Opens a file.
   *
   * @param flags of those above
   * @param mode of a file that is made, before the umask takes from it
   */
  public int open(int at, String name, int flags, int mode) {
    int link = (flags & NO_LINK) == 0 ? 0 : noFollow;
    try (Scratch scratch = Scratch.borrow()) {
      long all = (flags & ~NO_LINK) | link | CLOSE_ON_EXEC;
      return (int) check(linux.call(SystemCall.OPENAT, at, name(scratch, name), all, mode));
    }
  }

  public int openDirectory(int at, String name, boolean follow) {
    try (Scratch scratch = Scratch.borrow()) {
      long flags = directory | CLOSE_ON_EXEC | (follow ? 0 : noFollow);
      return (int) check(linux.call(SystemCall.OPENAT, at, name(scratch, name), flags));
    }
  }

  public void close(int descriptor) {
    linux.close(descriptor);
  }

  public FileStatus status(int at, String name, boolean follow) {
    try (Scratch scratch = Scratch.borrow()) {
      return status(scratch, at, name(scratch, name), follow ? 0 : AT_NO_FOLLOW);
    }
  }

  public FileStatus status(int descriptor) {
    try (Scratch scratch = Scratch.borrow()) {
      return status(scratch, descriptor, name(scratch, ""), AT_EMPTY_PATH);
    }
  }

  private FileStatus status(Scratch scratch, int at, long name, long flags) {
    long place = scratch.structureAddress();
    check(linux.call(SystemCall.STATX, at, name, flags, StatusLayout.MASK, place));
    return StatusLayout.read(scratch.structure());
  }

  /**
   * Reads the next entries of a directory.
   *
   * @return false at the end
   */
  public boolean entries(int descriptor, Folder.Entries entries) {
    try (Scratch scratch = Scratch.borrow()) {
      long place = scratch.dataAddress();
      long length = linux.call(SystemCall.GETDENTS64, descriptor, place, EntryLayout.MOST_BYTES);
      EntryLayout.read(scratch, (int) check(length), entries);
      return length > 0;
    }
  }

  /** How far a directory has been read; 0 is its beginning. */
  public long position(int descriptor) {
    return check(linux.call(SystemCall.LSEEK, descriptor, 0, FROM_HERE));
  }

  public void seek(int descriptor, long position) {
    check(linux.call(SystemCall.LSEEK, descriptor, position, 0));
  }

  public String readLink(int at, String name) {
    try (Scratch scratch = Scratch.borrow()) {
      long place = scratch.dataAddress();
      long size = Scratch.DATA_BYTES;
      long length = linux.call(SystemCall.READLINKAT, at, name(scratch, name), place, size);
      return scratch.octets(0, (int) check(length));
    }
  }

  /** Whether a name is a link of the file system that shows processes. */
  public boolean isMagicLink(int at, String name) {
    int descriptor = open(at, name, HOLD | NO_LINK, 0);
    try {
      return isMagicLink(descriptor);
    } finally {
      close(descriptor);
    }
  }

  /** The same of a link that is held open. */
  public boolean isMagicLink(int descriptor) {
    try (Scratch scratch = Scratch.borrow()) {
      check(linux.call(SystemCall.FSTATFS, descriptor, scratch.structureAddress()));
      return scratch.structure().getInt(0) == PROC && status(descriptor).type() == FileType.SYMLINK;
    }
  }

  public void makeDirectory(int at, String name, int mode) {
    try (Scratch scratch = Scratch.borrow()) {
      check(linux.call(SystemCall.MKDIRAT, at, name(scratch, name), mode));
    }
  }

  /** Makes a symbolic link. */
  public void makeLink(int at, String name, String target) {
    try (Scratch scratch = Scratch.borrow()) {
      long link = name(scratch, name);
      check(linux.call(SystemCall.SYMLINKAT, checkName(scratch.otherName(target)), at, link));
    }
  }

  public void remove(int at, String name, boolean isDirectory) {
    try (Scratch scratch = Scratch.borrow()) {
      long flags = isDirectory ? AT_REMOVE_DIRECTORY : 0;
      check(linux.call(SystemCall.UNLINKAT, at, name(scratch, name), flags));
    }
  }

  /** Gives another name in one step; where that is taken and not to be replaced, EEXIST. */
  public void rename(int at, String name, int target, String targetName, boolean replace) {
    try (Scratch scratch = Scratch.borrow()) {
      long from = name(scratch, name);
      long to = checkName(scratch.otherName(targetName));
      long flags = replace ? 0 : NO_REPLACE;
      check(linux.call(SystemCall.RENAMEAT2, at, from, target, to, flags));
    }
  }

  public void setMode(int at, String name, int mode) {
    try (Scratch scratch = Scratch.borrow()) {
      check(linux.call(SystemCall.FCHMODAT, at, name(scratch, name), mode));
    }
  }

  public void setOwner(int at, String name, long uid, long gid, boolean follow) {
    try (Scratch scratch = Scratch.borrow()) {
      long flags = (follow ? 0 : AT_NO_FOLLOW) | (name.isEmpty() ? AT_EMPTY_PATH : 0);
      check(linux.call(SystemCall.FCHOWNAT, at, name(scratch, name), uid, gid, flags));
    }
  }

  /** Whether the calling thread, with the rights it acts with, may make names in a directory. */
  public void requireWritable(int at, String name) {
    try (Scratch scratch = Scratch.borrow()) {
      long named = name(scratch, name);
      check(linux.call(SystemCall.FACCESSAT2, at, named, WRITE_AND_SEARCH, AT_EFFECTIVE_IDS));
    }
  }

  public void setMode(int descriptor, int mode) {
    check(linux.call(SystemCall.FCHMOD, descriptor, mode));
  }

  public void setOwner(int descriptor, long uid, long gid) {
    check(linux.call(SystemCall.FCHOWN, descriptor, uid, gid));
  }

  /** Leaves the time of the last reading as it is. */
  public void setModified(int descriptor, Instant time) {
    try (Scratch scratch = Scratch.borrow()) {
      setModified(scratch, descriptor, 0, time);
    }
  }

  /** The same for what has a name; a link is not followed. */
  public void setModified(int at, String name, Instant time) {
    try (Scratch scratch = Scratch.borrow()) {
      setModified(scratch, at, name(scratch, name), time);
    }
  }

  private void setModified(Scratch scratch, int at, long name, Instant time) {
    ByteBuffer times = scratch.structure();
    times.putLong(0, 0).putLong(Long.BYTES, UNCHANGED_TIME);
    times.putLong(2 * Long.BYTES, time.getEpochSecond());
    times.putLong(3 * Long.BYTES, time.getNano());
    long flags = name == 0 ? 0 : AT_NO_FOLLOW;
    check(linux.call(SystemCall.UTIMENSAT, at, name, scratch.structureAddress(), flags));
  }

  /** What a call says when a name is taken. */
  public FileError exists() {
    return new FileError(Errno.EEXIST.error());
  }

  /** What a network file system says of a directory that is another one by now. */
  public FileError stale() {
    return new FileError(Errno.ESTALE.error());
  }

  private static long name(Scratch scratch, String octets) {
    return checkName(scratch.name(octets));
  }

  private static long checkName(long address) {
    if (address == 0) {
      throw new FileError(Errno.ENAMETOOLONG.error());
    }
    return address;
  }

  static long check(long result) {
    if (result < 0) {
      throw new FileError(Errno.describe((int) -result));
    }
    return result;
  }
}
