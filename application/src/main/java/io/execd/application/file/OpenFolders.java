package io.execd.application.file;

import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that something on its way through a tree is in, from the root to the innermost. Only
 * some of them are kept open, however deep the tree is: those further out are opened again from the
 * inside when they are needed. For one thread at a time.
 */
final class OpenFolders implements AutoCloseable {
  static final int MOST = 32;

  private final List<Folder> folders = new ArrayList<>();

  /** How many, from the root on, are not open now. */
  private int suspended;

  /** Goes into a folder; it is closed here. */
  void push(Folder folder) {
    folders.add(folder);
    if (folders.size() - suspended > MOST) {
      folders.get(suspended).suspend();
      suspended++;
    }
  }

  /**
   * Sees to it that the folder around the innermost one is open.
   *
   * @throws io.execd.domain.Failure CONFLICT when the innermost one is not in it any more
   */
  void openOuter(FilePath innermost) {
    if (suspended > 0 && suspended == folders.size() - 1) {
      try {
        folders.get(suspended - 1).resume(folders.getLast());
        suspended--;
      } catch (FileError error) {
        throw FileFailures.of(Code.CONFLICT, innermost, "leave it", "it has been moved meanwhile");
      }
    }
  }

  /** Leaves the innermost folder. */
  void pop(FilePath innermost) {
    openOuter(innermost);
    folders.removeLast().close();
  }

  @Override
  public void close() {
    folders.forEach(Folder::close);
    folders.clear();
    suspended = 0;
  }
}
