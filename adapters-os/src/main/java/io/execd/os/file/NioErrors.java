package io.execd.os.file;

import io.execd.domain.OsError;
import io.execd.domain.file.FileError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Locale;
import java.util.Map;

/** What java.nio throws, as the system's own errors. */
final class NioErrors {
  private static final Map<String, String> NAMES =
      Map.of(
          "is a directory", "EISDIR",
          "not a directory", "ENOTDIR",
          "no space left on device", "ENOSPC",
          "file name too long", "ENAMETOOLONG",
          "operation not permitted", "EPERM",
          "read-only file system", "EROFS",
          "invalid argument", "EINVAL");

  private NioErrors() {}

  interface Step {
    void run() throws IOException;
  }

  interface Question<T> {
    T get() throws IOException;
  }

  static void run(Step step) {
    try {
      step.run();
    } catch (IOException failed) {
      throw new FileError(error(failed));
    }
  }

  static <T> T get(Question<T> question) {
    try {
      return question.get();
    } catch (IOException failed) {
      throw new FileError(error(failed));
    }
  }

  private static OsError error(IOException failed) {
    return switch (failed) {
      case NoSuchFileException _ -> new OsError(0, "ENOENT", "no such file or directory");
      case FileAlreadyExistsException _ -> new OsError(0, "EEXIST", "it exists already");
      case DirectoryNotEmptyException _ -> new OsError(0, "ENOTEMPTY", "directory not empty");
      case AccessDeniedException _ -> new OsError(0, "EACCES", "permission denied");
      case NotDirectoryException _ -> new OsError(0, "ENOTDIR", "not a directory");
      case NotLinkException _ -> new OsError(0, "EINVAL", "invalid argument");
      case FileSystemException other -> byReason(String.valueOf(other.getReason()));
      default -> byReason(String.valueOf(failed.getMessage()));
    };
  }

  private static OsError byReason(String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    String name = text.startsWith("too many levels of symbolic links") ? "ELOOP" : "EIO";
    return new OsError(0, NAMES.getOrDefault(text, name), text);
  }
}
