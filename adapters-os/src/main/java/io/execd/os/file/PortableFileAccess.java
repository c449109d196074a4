package io.execd.os.file;

import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import java.util.Optional;

/**
 * The files of any machine through java.nio, for developers. Folders are names and no descriptors,
 * so links that are swapped in may be followed; names must be UTF-8; nobody else's rights can be
 * had.
 */
final class PortableFileAccess implements FileAccess {
  private final FileThreads threads = new FileThreads();
  private final Folder top = PortableFolder.top();

  @Override
  public <T> T briefly(Optional<Identity> identity, Work<T> work) {
    requireOwn(identity);
    return threads.briefly(() -> work.run(top));
  }

  @Override
  public <T> T atLength(Optional<Identity> identity, Work<T> work) {
    requireOwn(identity);
    return threads.atLength(() -> work.run(top));
  }

  /** Nothing: java.nio may wait. */
  @Override
  public Optional<FileStatus> statusAtOnce(FilePath path) {
    return Optional.empty();
  }

  private static void requireOwn(Optional<Identity> identity) {
    if (identity.isPresent()) {
      throw new Failure(
          Failure.Code.NOT_SUPPORTED, "this machine cannot act for other users on files");
    }
  }
}
