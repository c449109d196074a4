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

  /**
   * As far as the actor may, which asked for none of this: else the file belongs to whoever wrote
   * it, as with any program that saves by renaming.
   */
  private static void keep(OpenFile file, FileStatus old) {
    FileStatus made = file.status();
    boolean same = made.uid() == old.uid() && made.gid() == old.gid();
    if (!same && !give(file, old.uid(), old.gid())) {
      give(file, Folder.UNCHANGED, old.gid());
    }
  }

  /** False when the actor may not. */
  static boolean give(OpenFile file, long uid, long gid) {
    try {
      file.setOwner(uid, gid);
      return true;
    } catch (FileError notPermitted) {
      return false;
    }
  }
}
