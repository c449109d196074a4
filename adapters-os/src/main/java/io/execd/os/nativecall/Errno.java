package io.execd.os.nativecall;

import io.execd.domain.OsError;

/** Error numbers of Linux, with a name and a few words for each one that is likely to be met. */
public enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such file or directory"),
  ESRCH(3, "no such process"),
  EINTR(4, "interrupted"),
  EIO(5, "input/output error"),
  ENXIO(6, "no such device or address"),
  E2BIG(7, "arguments and environment too long"),
  ENOEXEC(8, "exec format error"),
  EBADF(9, "bad file descriptor"),
  ECHILD(10, "no child processes"),
  EAGAIN(11, "resource temporarily unavailable"),
  ENOMEM(12, "out of memory"),
  EACCES(13, "permission denied"),
  EBUSY(16, "in use, or a mount point"),
  EEXIST(17, "it exists already"),
  EXDEV(18, "on another file system"),
  ENOTDIR(20, "not a directory"),
  EISDIR(21, "is a directory"),
  EINVAL(22, "invalid argument"),
  ENFILE(23, "too many open files in the system"),
  EMFILE(24, "too many open files"),
  ETXTBSY(26, "text file busy"),
  EFBIG(27, "file too large"),
  ENOSPC(28, "no space left on device"),
  EROFS(30, "read-only file system"),
  EMLINK(31, "too many links"),
  EPIPE(32, "broken pipe"),
  ENAMETOOLONG(36, "file name too long"),
  ENOSYS(38, "function not implemented"),
  ENOTEMPTY(39, "directory not empty"),
  ELOOP(40, "too many levels of symbolic links"),
  EOPNOTSUPP(95, "not supported here"),
  ESTALE(116, "another one by now"),
  EDQUOT(122, "disk quota exceeded");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** This one as the domain speaks of it. */
  public OsError error() {
    return new OsError(number, name(), text);
  }

  /** Any error number, also one without a name here. */
  public static OsError describe(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno.error();
      }
    }
    return new OsError(number, "E" + number, "error " + number);
  }

  int number() {
    return number;
  }
}
