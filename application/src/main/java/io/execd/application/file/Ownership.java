package io.execd.application.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.domain.file.PermissionChange;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who a written file will belong to, and its mode: what was asked for, else what the file had that
 * it replaces.
 */
final class Ownership {
  private final long uid;
  private final long gid;
  private final OptionalInt mode;
  private final Optional<FileStatus> replaced;

  /** Sets user and group of something, or throws a {@link FileError}. */
  @FunctionalInterface
  interface Change {
    void setOwner(long uid, long gid);
  }

  private Ownership(long uid, long gid, OptionalInt mode, Optional<FileStatus> replaced) {
    this.uid = uid;
    this.gid = gid;
    this.mode = mode;
    this.replaced = replaced;
  }

  /** Looks the names up. */
  static Ownership of(
      Actor actor, FilePath path, PermissionChange change, Optional<FileStatus> replaced) {
    return new Ownership(
        Changes.owner(actor, path, change),
        Changes.group(actor, path, change),
        change.mode(),
        replaced);
  }

  /** Nobody may see the content before the file has its own mode. */
  Folder.Mode creation() {
    return mode.isPresent() || replaced.isPresent()
        ? Folder.Mode.CREATE_PRIVATE
        : Folder.Mode.CREATE;
  }

  /** The owner first: a change of owner takes bits of the mode away. */
  void apply(OpenFile file) {
    replaced.ifPresent(old -> keep(file, old));
    if (uid != Folder.UNCHANGED || gid != Folder.UNCHANGED) {
      file.setOwner(uid, gid);
    }
    if (mode.isPresent()) {
      file.setMode(mode.getAsInt());
    } else if (replaced.isPresent()) {
      file.setMode(replaced.get().mode());
    }
  }

  /** Only what was asked for, of a file that stays what it is otherwise. */
  void applyAsked(OpenFile file) {
    if (uid != Folder.UNCHANGED || gid != Folder.UNCHANGED) {
      file.setOwner(uid, gid);
    }
    mode.ifPresent(file::setMode);
  }

  /**
   * Gives a file that stayed what it is the bits back that writing takes from it, as far as the
   * actor may.
   *
   * @return whether it has them all
   */
  boolean restoreMode(OpenFile file) {
    int wanted = mode.orElseGet(() -> replaced.map(FileStatus::mode).orElse(0));
    try {
      if (file.status().mode() != wanted) {
        file.setMode(wanted);
      }
      return true;
    } catch (FileError notPermitted) {
      return false;
    }
  }

  /**
   * As far as the actor may, which asked for none of this: else the file belongs to whoever wrote
   * it, as with any program that saves by renaming.
   *
   * @return whether both are what they were
   */
  static boolean keep(OpenFile file, FileStatus old) {
    return keep(file.status(), old, file::setOwner);
  }

  /** The same for something that is changed in another way. */
  static boolean keep(FileStatus made, FileStatus old, Change change) {
    if (made.uid() == old.uid() && made.gid() == old.gid()) {
      return true;
    }
    boolean kept = give(change, old.uid(), old.gid());
    if (!kept) {
      give(change, Folder.UNCHANGED, old.gid());
    }
    return kept;
  }

  private static boolean give(Change change, long uid, long gid) {
    try {
      change.setOwner(uid, gid);
      return true;
    } catch (FileError notPermitted) {
      return false;
    }
  }
}
