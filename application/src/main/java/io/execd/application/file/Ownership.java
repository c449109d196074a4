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
record Ownership(long uid, long gid, OptionalInt mode, Optional<FileStatus> replaced) {

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

  /** As far as the actor may: it asked for none of this. */
  private static void keep(OpenFile file, FileStatus old) {
    FileStatus made = file.status();
    if (made.uid() == old.uid() && made.gid() == old.gid()) {
      return;
    }
    try {
      file.setOwner(old.uid(), old.gid());
    } catch (FileError notPermitted) {
      keepGroup(file, old);
    }
  }

  private static void keepGroup(OpenFile file, FileStatus old) {
    try {
      file.setOwner(Folder.UNCHANGED, old.gid());
    } catch (FileError notPermitted) {
      // Then it belongs to whoever wrote it, as with any program that saves by renaming.
    }
  }
}
