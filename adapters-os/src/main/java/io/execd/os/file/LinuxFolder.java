package io.execd.os.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.os.nativecall.FileCalls;
import java.time.Instant;
import java.util.Optional;

/** A directory by its descriptor. */
final class LinuxFolder implements Folder {
  private static final int CLOSED = -1;
  private static final int FOLDER_MODE = 0777;
  private static final int PRIVATE_FOLDER_MODE = 0700;
  private static final int FILE_MODE = 0666;
  private static final int PRIVATE_MODE = 0600;

  private final FileCalls calls;
  private final LateCloser closer;
  private int descriptor;

  /** What it was when its descriptor was given back, and how far it was read. */
  private Optional<FileStatus.Id> suspended = Optional.empty();

  private long position;

  LinuxFolder(FileCalls calls, LateCloser closer, int descriptor) {
    this.calls = calls;
    this.closer = closer;
    this.descriptor = descriptor;
  }

  @Override
  public Folder folder(String name, boolean follow) {
    return new LinuxFolder(calls, closer, calls.openDirectory(descriptor, name, follow));
  }

  @Override
  public boolean next(Entries entries) {
    return calls.entries(descriptor, entries);
  }

  @Override
  public void rewind() {
    calls.seek(descriptor, 0);
  }

  @Override
  public void suspend() {
    try {
      position = calls.position(descriptor);
      suspended = Optional.of(calls.status(descriptor).id());
      close();
    } catch (FileError staysOpen) {
      suspended = Optional.empty();
    }
  }

  @Override
  public void resume(Folder child) {
    if (suspended.isEmpty()) {
      return;
    }
    int opened = calls.openDirectory(((LinuxFolder) child).descriptor, "..", false);
    try {
      if (!calls.status(opened).id().equals(suspended.get())) {
        throw calls.stale();
      }
      calls.seek(opened, position);
    } catch (FileError error) {
      calls.close(opened);
      throw error;
    }
    descriptor = opened;
    suspended = Optional.empty();
  }

  @Override
  public FileStatus status(String name, boolean follow) {
    return calls.status(descriptor, name, follow);
  }

  @Override
  public OpenFile open(String name, Mode mode) {
    return new LinuxFile(calls, calls.open(descriptor, name, flags(mode), bits(mode)));
  }

  /** What the kernel is asked for. */
  static int flags(Mode mode) {
    return switch (mode) {
      case READ -> FileCalls.READ | FileCalls.NO_WAITING;
      case CREATE, CREATE_PRIVATE -> FileCalls.CREATE;
      case WRITE -> FileCalls.WRITE | FileCalls.NO_WAITING | FileCalls.NO_LINK;
      case WRITE_THROUGH -> FileCalls.WRITE | FileCalls.NO_WAITING;
    };
  }

  /** The mode of a file that is made. */
  static int bits(Mode mode) {
    return switch (mode) {
      case CREATE -> FILE_MODE;
      case CREATE_PRIVATE -> PRIVATE_MODE;
      case READ, WRITE, WRITE_THROUGH -> 0;
    };
  }

  @Override
  public String readLink(String name) {
    return calls.readLink(descriptor, name);
  }

  @Override
  public boolean isMagicLink(String name) {
    return calls.isMagicLink(descriptor, name);
  }

  @Override
  public void makeFolder(String name) {
    calls.makeDirectory(descriptor, name, FOLDER_MODE);
  }

  @Override
  public void makePrivateFolder(String name) {
    calls.makeDirectory(descriptor, name, PRIVATE_FOLDER_MODE);
  }

  @Override
  public void makeLink(String name, String target) {
    calls.makeLink(descriptor, name, target);
  }

  @Override
  public void remove(String name) {
    calls.remove(descriptor, name, false);
  }

  @Override
  public void removeFolder(String name) {
    calls.remove(descriptor, name, true);
  }

  @Override
  public void rename(String name, Folder target, String targetName, boolean replace) {
    int to = ((LinuxFolder) target).descriptor;
    if (replace) {
      replace(name, to, targetName);
      return;
    }
    try {
      calls.rename(descriptor, name, to, targetName, false);
    } catch (FileError refused) {
      if (!refused.is("EINVAL")) {
        throw refused;
      }
      renameByLook(name, to, targetName);
    }
  }

  private void replace(String name, int target, String targetName) {
    int replaced = hold(target, targetName);
    try {
      calls.rename(descriptor, name, target, targetName, true);
    } finally {
      if (replaced != CLOSED) {
        closer.close(replaced);
      }
    }
  }

  /** Keeps what is about to lose its name, so that the kernel need not free it meanwhile. */
  private int hold(int target, String targetName) {
    try {
      return calls.open(target, targetName, FileCalls.HOLD | FileCalls.NO_LINK, 0);
    } catch (FileError nothingThere) {
      return CLOSED;
    }
  }

  /** For file systems that cannot rename without replacing: looks first, which is not one step. */
  private void renameByLook(String name, int target, String targetName) {
    try {
      calls.status(target, targetName, false);
    } catch (FileError missing) {
      calls.rename(descriptor, name, target, targetName, true);
      return;
    }
    throw calls.exists();
  }

  @Override
  public void setMode(String name, int mode) {
    calls.setMode(descriptor, name, mode);
  }

  @Override
  public void setOwner(String name, long uid, long gid, boolean follow) {
    calls.setOwner(descriptor, name, uid, gid, follow);
  }

  @Override
  public void setModified(String name, Instant time) {
    calls.setModified(descriptor, name, time);
  }

  /** An old kernel, or a filter in front of it, that does not know the question says yes. */
  @Override
  public void requireWritable(String name) {
    try {
      calls.requireWritable(descriptor, name);
    } catch (FileError refused) {
      if (refused.is("EACCES") || refused.is("EROFS")) {
        throw refused;
      }
    }
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      calls.close(descriptor);
      descriptor = CLOSED;
    }
  }
}
