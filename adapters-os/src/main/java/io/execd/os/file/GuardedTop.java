package io.execd.os.file;

import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.os.nativecall.FileCalls;
import io.execd.os.nativecall.GuardedPaths;
import java.time.Instant;
import java.util.function.Function;

/**
 * The top folder as other users have it: no path leads through a magic link of {@code /proc}. What
 * changes names is done in the folder around the name, which is opened first, so that it cannot be
 * led astray in between. Nothing can be listed here.
 */
final class GuardedTop implements Folder {
  private static final String HERE = ".";

  private final FileCalls calls;
  private final GuardedPaths paths;
  private final LateCloser closer;

  GuardedTop(FileCalls calls, GuardedPaths paths, LateCloser closer) {
    this.calls = calls;
    this.paths = paths;
    this.closer = closer;
  }

  @Override
  public Folder folder(String name, boolean follow) {
    return new LinuxFolder(calls, closer, paths.openDirectory(name, follow));
  }

  /** With what has this name, be it a link, held open. */
  private <T> T holding(String name, boolean follow, Function<Integer, T> work) {
    int held = paths.open(name, FileCalls.HOLD | (follow ? 0 : FileCalls.NO_LINK), 0);
    try {
      return work.apply(held);
    } finally {
      calls.close(held);
    }
  }

  /** With the folder around a name. */
  private <T> T around(String name, Function<Folder, T> work) {
    int slash = Math.max(name.lastIndexOf('/'), 0);
    try (Folder folder = hold(name.substring(0, Math.max(slash, 1)))) {
      return work.apply(folder);
    }
  }

  private Folder hold(String name) {
    return new LinuxFolder(calls, closer, paths.holdDirectory(name));
  }

  /** The last name of a path; of one that ends in a slash, the folder itself. */
  private static String last(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.isEmpty() ? HERE : last;
  }

  private void change(String name, Change change) {
    around(
        name,
        folder -> {
          change.apply(folder, last(name));
          return true;
        });
  }

  /** Something done to a name in a folder. */
  private interface Change {
    void apply(Folder folder, String name);
  }

  @Override
  public FileStatus status(String name, boolean follow) {
    return holding(name, follow, calls::status);
  }

  @Override
  public OpenFile open(String name, Mode mode) {
    int opened = paths.open(name, LinuxFolder.flags(mode), LinuxFolder.bits(mode));
    return new LinuxFile(calls, opened);
  }

  @Override
  public String readLink(String name) {
    return holding(name, false, held -> calls.readLink(held, ""));
  }

  @Override
  public boolean isMagicLink(String name) {
    return holding(name, false, calls::isMagicLink);
  }

  @Override
  public void makeFolder(String name) {
    change(name, Folder::makeFolder);
  }

  @Override
  public void makePrivateFolder(String name) {
    change(name, Folder::makePrivateFolder);
  }

  @Override
  public void makeLink(String name, String target) {
    change(name, (folder, last) -> folder.makeLink(last, target));
  }

  @Override
  public void remove(String name) {
    change(name, Folder::remove);
  }

  @Override
  public void removeFolder(String name) {
    change(name, Folder::removeFolder);
  }

  @Override
  public void rename(String name, Folder target, String targetName, boolean replace) {
    if (!(target instanceof GuardedTop)) {
      change(name, (folder, last) -> folder.rename(last, target, targetName, replace));
      return;
    }
    change(
        name,
        (folder, last) ->
            change(targetName, (to, toLast) -> folder.rename(last, to, toLast, replace)));
  }

  /** Through the descriptor that holds it: this one link of /proc is the daemon's own. */
  @Override
  public void setMode(String name, int mode) {
    holding(
        name,
        true,
        held -> {
          calls.setMode(FileCalls.TOP, "/proc/self/fd/" + held, mode);
          return true;
        });
  }

  @Override
  public void setOwner(String name, long uid, long gid, boolean follow) {
    holding(
        name,
        follow,
        held -> {
          calls.setOwner(held, "", uid, gid, false);
          return true;
        });
  }

  @Override
  public void setModified(String name, Instant time) {
    change(name, (folder, last) -> folder.setModified(last, time));
  }

  @Override
  public void requireWritable(String name) {
    try (Folder folder = hold(name)) {
      folder.requireWritable(HERE);
    }
  }

  @Override
  public boolean next(Entries entries) {
    throw notListed();
  }

  @Override
  public void rewind() {
    throw notListed();
  }

  @Override
  public void suspend() {
    throw notListed();
  }

  @Override
  public void resume(Folder child) {
    throw notListed();
  }

  private static IllegalStateException notListed() {
    return new IllegalStateException("the top folder is not to be listed");
  }

  @Override
  public void close() {
    // It holds nothing open.
  }
}
