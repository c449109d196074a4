package io.execd.os.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.os.nativecall.FileCalls;

/** A directory by its descriptor. */
final class LinuxFolder implements Folder {
  private static final int CLOSED = -1;
  private static final int FOLDER_MODE = 0777;
  private static final int FILE_MODE = 0666;
  private static final int PRIVATE_MODE = 0600;

  private final FileCalls calls;
  private int descriptor;

  LinuxFolder(FileCalls calls, int descriptor) {
    this.calls = calls;
    this.descriptor = descriptor;
  }

  @Override
  public Folder folder(String name, boolean follow) {
    return new LinuxFolder(calls, calls.openDirectory(descriptor, name, follow));
  }

  @Override
  public boolean next(Entries entries) {
    return calls.entries(descriptor, entries);
  }

  @Override
  public void rewind() {
    calls.rewind(descriptor);
  }

  @Override
  public FileStatus status(String name, boolean follow) {
    return calls.status(descriptor, name, follow);
  }

  @Override
  public OpenFile open(String name, Mode mode) {
    int opened =
        switch (mode) {
          case READ -> calls.open(descriptor, name, FileCalls.READ | FileCalls.NO_WAITING, 0);
          case CREATE -> calls.open(descriptor, name, FileCalls.CREATE, FILE_MODE);
          case CREATE_PRIVATE -> calls.open(descriptor, name, FileCalls.CREATE, PRIVATE_MODE);
          case WRITE -> calls.open(descriptor, name, FileCalls.WRITE | FileCalls.NO_LINK, 0);
        };
    return new LinuxFile(calls, opened);
  }

  @Override
  public String readLink(String name) {
    return calls.readLink(descriptor, name);
  }

  @Override
  public void makeFolder(String name) {
    calls.makeDirectory(descriptor, name, FOLDER_MODE);
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
    try {
      calls.rename(descriptor, name, to, targetName, replace);
    } catch (FileError refused) {
      if (replace || !refused.is("EINVAL")) {
        throw refused;
      }
      renameByLook(name, to, targetName);
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
  public void setOwner(String name, long uid, long gid) {
    calls.setOwner(descriptor, name, uid, gid);
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      calls.close(descriptor);
      descriptor = CLOSED;
    }
  }
}
