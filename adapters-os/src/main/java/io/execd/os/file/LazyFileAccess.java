package io.execd.os.file;

import io.execd.domain.command.Identity;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the real one when it is first needed. */
final class LazyFileAccess implements FileAccess {
  private final Supplier<FileAccess> maker;
  private final ReentrantLock making = new ReentrantLock();

  /** Written once, under {@link #making}. */
  private volatile @Nullable FileAccess made;

  LazyFileAccess(Supplier<FileAccess> maker) {
    this.maker = maker;
  }

  @Override
  public <T> T briefly(Optional<Identity> identity, Work<T> work) {
    return real().briefly(identity, work);
  }

  @Override
  public <T> T atLength(Optional<Identity> identity, Work<T> work) {
    return real().atLength(identity, work);
  }

  @Override
  public Optional<FileStatus> statusAtOnce(FilePath path) {
    FileAccess access = made;
    return access == null ? Optional.empty() : access.statusAtOnce(path);
  }

  private FileAccess real() {
    FileAccess access = made;
    if (access != null) {
      return access;
    }
    making.lock();
    try {
      access = made;
      if (access == null) {
        access = maker.get();
        made = access;
      }
      return access;
    } finally {
      making.unlock();
    }
  }
}
