package io.execd.os.file;

import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.os.nativecall.CachedFiles;
import io.execd.os.nativecall.FileCalls;
import io.execd.os.nativecall.GuardedPaths;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.ThreadRights;
import java.util.Optional;

/**
 * The files of a Linux machine. Somebody else's rights are taken by a platform thread of the pool
 * for the time of one piece of work; a thread that does not get the daemon's rights back ends.
 * Magic links are followed for the daemon itself only.
 */
final class LinuxFileAccess implements FileAccess {
  private final FileThreads threads = new FileThreads();
  private final ThreadRights rights;
  private final CachedFiles cached;
  private final Folder top;
  private final Folder guardedTop;
  private final boolean guards;

  LinuxFileAccess(Linux linux) {
    this(linux, new ThreadRights(linux));
  }

  LinuxFileAccess(Linux linux, ThreadRights rights) {
    this.rights = rights;
    FileCalls calls = new FileCalls(linux);
    LateCloser closer = new LateCloser(calls);
    GuardedPaths paths = new GuardedPaths(linux, calls);
    this.top = new LinuxFolder(calls, closer, FileCalls.TOP);
    this.guardedTop = new GuardedTop(calls, paths, closer);
    this.guards = paths.isPossible();
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
    if (!guards) {
      throw new Failure(
          Failure.Code.NOT_SUPPORTED,
          "acting as another user needs openat2 (Linux 5.6), which this machine does not give");
    }
    return threads.elsewhere(() -> change(who, work));
  }

  private <T> T change(Identity who, Work<T> work) {
    try {
      if (!rights.take(who)) {
        throw refused(who);
      }
      return work.run(guardedTop);
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
