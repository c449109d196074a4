package io.execd.jupyter.code;

import io.execd.domain.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory in which the code of a kernel starts, on this machine. */
final class KernelDirectory {
  private KernelDirectory() {}

  /** The daemon's working directory, where commands start too. */
  static String own() {
    return Path.of("").toAbsolutePath().toString();
  }

  /**
   * Creates a directory with its parents where it is missing.
   *
   * @throws Failure INVALID_REQUEST, with its name, when that is impossible or it may not be
   *     entered
   */
  static void require(String directory) {
    Path path = Path.of(directory);
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
    } catch (IOException impossible) {
      throw Failure.invalidField("cwd", directory + ": cannot be created: " + reason(impossible));
    }
    if (!Files.isExecutable(path)) {
      throw Failure.invalidField("cwd", directory + ": permission denied");
    }
  }

  private static String reason(IOException impossible) {
    return switch (impossible) {
      case FileAlreadyExistsException taken -> taken.getFile() + " is not a directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> impossible.toString();
    };
  }
}
