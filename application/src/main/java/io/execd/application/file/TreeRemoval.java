package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.UploadJournal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Removes a folder with all that is in it. Every name is removed from an open folder, and folders
 * are opened from the one above and never by way of a link: what a link leads to is never touched,
 * even when it is put in a folder's place meanwhile.
 */
final class TreeRemoval {
  private static final System.Logger LOG = System.getLogger(TreeRemoval.class.getName());

  /** How often a folder is read again that others fill meanwhile. */
  private static final int TRIES = 16;

  private static final int UNLOCKED = 0700;

  private final boolean unlocks;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final OpenFolders folders = new OpenFolders();

  /** An open folder that is being emptied, and where its name is. */
  private static final class Level {
    private final Folder around;
    private final FilePath path;
    private final String name;
    private final Folder folder;
    private final NameQueue names;
    private int tries;

    Level(Folder around, String name, FilePath path, Folder folder) {
      this.around = around;
      this.name = name;
      this.path = path;
      this.folder = folder;
      this.names = new NameQueue(folder);
    }

    /** Whether it makes sense to begin again: somebody has put something in. */
    boolean again(FileError error) {
      boolean filled = error.is("ENOTEMPTY") || error.is("EEXIST");
      if (!filled || ++tries > TRIES) {
        return false;
      }
      names.rewind();
      return true;
    }
  }

  private TreeRemoval(boolean unlocks) {
    this.unlocks = unlocks;
  }

  static void remove(Folder top, FilePath path) {
    if (path.isRoot()) {
      throw FileFailures.of(Code.INVALID_REQUEST, path, "remove it", "it is the root");
    }
    new TreeRemoval(false).run(top, path);
  }

  /**
   * Removes what was left unfinished, also from folders that were given a mode that forbids it.
   * What cannot be removed stays in the journal, for the next daemon.
   */
  static boolean discard(UploadJournal journal, Folder top, FilePath path) {
    try {
      new TreeRemoval(true).run(top, path);
    } catch (Failure failed) {
      LOG.log(System.Logger.Level.WARNING, "something unfinished stays: {0}", failed.getMessage());
      return false;
    }
    journal.ended(path);
    return true;
  }

  private void run(Folder top, FilePath path) {
    try {
      removeName(top, path.octets(), path);
      while (!levels.isEmpty()) {
        step(levels.element());
      }
    } finally {
      folders.close();
    }
  }

  private void step(Level level) {
    FilePath blamed = level.path;
    try {
      if (level.names.hasNext()) {
        String name = level.names.next();
        blamed = level.path.child(name);
        removeName(level.folder, name, blamed);
        return;
      }
    } catch (FileError error) {
      throw FileFailures.of(blamed, "remove it", error);
    }
    finish(level);
  }

  private void finish(Level level) {
    folders.openOuter(level.path);
    try {
      level.around.removeFolder(level.name);
    } catch (FileError error) {
      if (level.again(error)) {
        return;
      }
      if (!error.isMissing()) {
        throw FileFailures.of(level.path, "remove it", error);
      }
      removeWhatTookItsPlace(level);
    }
    levels.pop();
    folders.pop(level.path);
  }

  private static void removeWhatTookItsPlace(Level level) {
    try {
      level.around.remove(level.name);
    } catch (FileError error) {
      if (!error.isMissing()) {
        throw FileFailures.of(level.path, "remove it", error);
      }
    }
  }

  /** Removes what is no folder, and goes into what is one; it may change from one to the other. */
  private void removeName(Folder folder, String name, FilePath path) {
    for (int i = 0; i < TRIES; i++) {
      try {
        folder.remove(name);
        return;
      } catch (FileError error) {
        if (error.isMissing()) {
          return;
        }
        if (enter(folder, name, path, error)) {
          return;
        }
      }
    }
    throw FileFailures.of(Code.CONFLICT, path, "remove it", "it keeps changing");
  }

  private void push(Level level) {
    levels.push(level);
    folders.push(level.folder);
    if (unlocks) {
      unlock(level.folder);
    }
  }

  /** False when it is not the actor's; then what is in it is refused, if it has to be. */
  private static boolean unlock(Folder folder) {
    try {
      folder.setMode(".", UNLOCKED);
      return true;
    } catch (FileError notOurs) {
      return false;
    }
  }

  /** False when it is no folder any more. Some systems say EPERM for a folder. */
  private boolean enter(Folder folder, String name, FilePath path, FileError refused) {
    if (!refused.is("EISDIR") && !refused.is("EPERM")) {
      throw FileFailures.of(path, "remove it", refused);
    }
    try {
      push(new Level(folder, name, path, folder.folder(name, false)));
      return true;
    } catch (FileError error) {
      if (error.is("ENOTDIR") || error.is("ELOOP")) {
        if (refused.is("EPERM")) {
          throw FileFailures.of(path, "remove it", refused);
        }
        return false;
      }
      if (error.isMissing()) {
        return true;
      }
      throw FileFailures.of(path, "remove it", error);
    }
  }
}
