package io.execd.os.file;

import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.os.nativecall.CachedFiles;
import io.execd.os.nativecall.FileCalls;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.ThreadRights;
import java.util.Optional;

/**
 * The files of a Linux machine. Somebody else's rights are taken by a platform thread of the pool
 * for the time of one piece of work; a thread that does not get the daemon's rights back ends.
 */
final class LinuxFileAccess implements FileAccess {
  private final FileThreads threads = new FileThreads();
  private final ThreadRights rights;
  private final CachedFiles cached;
  private final Folder top;

  LinuxFileAccess(Linux linux) {
    this(linux, new ThreadRights(linux));
  }

  LinuxFileAccess(Linux linux, ThreadRights rights) {
    this.rights = rights;
    FileCalls calls = new FileCalls(linux);
    this.top = new LinuxFolder(calls, new LateCloser(calls), FileCalls.TOP);
    this.cached = new CachedFiles(linux);
  }

  @Override
  public Optional<FileStatus> statusAtOnce(FilePath path) {
    return cached.status(path.octets());
  }

  @Override
  public <T> T briefly(Optional<Identity> identity, Work<T> work) {
    return isOwn(identity) ? threads.briefly(() -> work.run(top)) : as(identity.get(), work);
  }

  @Override
  public <T> T atLength(Optional<Identity> identity, Work<T> work) {
    return isOwn(identity) ? threads.atLength(() -> work.run(top)) : as(identity.get(), work);
  }

  private boolean isOwn(Optional<Identity> identity) {
    return identity.isEmpty() || rights.isOwn(identity.get());
  }

  private <T> T as(Identity who, Work<T> work) {
    if (!rights.canChange()) {
      throw refused(who);
    }
    return threads.elsewhere(() -> change(who, work));
  }

  private <T> T change(Identity who, Work<T> work) {
    try {
      if (!rights.take(who)) {
        throw refused(who);
      }
      return work.run(top);
    } finally {
      restore();
    }
  }

  /** What the work gave or threw does not matter any more when this fails. */
  @SuppressWarnings("Finally") // it replaces whatever was thrown, on purpose
  private void restore() {
    if (!rights.restore()) {
      throw new FileThreads.LostThread(
          new Failure(Failure.Code.RUNTIME_ERROR, "a thread did not get its own rights back"));
    }
  }

  private static Failure refused(Identity who) {
    return new Failure(
        Failure.Code.NOT_SUPPORTED,
        "this daemon may not act as user %d and group %d".formatted(who.uid(), who.gid()));
  }
}
