package io.execd.domain.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;

/** What a caller is told of an operating system's error: path, operation and reason. */
public final class FileFailures {
  private FileFailures() {}

  /**
   * The failure.
   *
   * @param operation what could not be done, such as {@code read}
   */
  public static Failure of(FilePath path, String operation, FileError cause) {
    return new Failure(code(cause), text(path, operation, cause.error().text()), cause);
  }

  /** The same for what only looks: below something that is no folder there is nothing. */
  public static Failure looking(FilePath path, String operation, FileError cause) {
    Code code = cause.isMissing() ? Code.FILE_NOT_FOUND : code(cause);
    return new Failure(code, text(path, operation, cause.error().text()), cause);
  }

  /** A failure of our own making. */
  public static Failure of(Code code, FilePath path, String operation, String reason) {
    return new Failure(code, text(path, operation, reason));
  }

  private static String text(FilePath path, String operation, String reason) {
    return path.text() + ": cannot " + operation + ": " + reason;
  }

  private static Code code(FileError cause) {
    return switch (cause.error().name()) {
      case "ENOENT" -> Code.FILE_NOT_FOUND;
      case "EACCES", "EPERM" -> Code.PERMISSION_DENIED;
      case "ENOSPC", "EDQUOT" -> Code.NO_SPACE;
      case "EEXIST", "ENOTEMPTY", "ENOTDIR", "EISDIR", "EBUSY", "ELOOP" -> Code.CONFLICT;
      case "ENAMETOOLONG", "EINVAL" -> Code.INVALID_REQUEST;
      default -> Code.RUNTIME_ERROR;
    };
  }
}
