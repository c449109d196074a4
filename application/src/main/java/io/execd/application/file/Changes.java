package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.PermissionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Short work on one path, with the error it may end with told in the caller's terms. */
final class Changes {
  private Changes() {}

  static FileInfo look(Actor actor, Folder top, FilePath path) {
    try {
      return actor.info(path, top.status(path.octets(), false));
    } catch (FileError error) {
      throw FileFailures.looking(path, "look at it", error);
    }
  }

  /** Tells whether an entry has this path, be it a dangling link. */
  static boolean isThere(Folder top, FilePath path) {
    try {
      top.status(path.octets(), false);
      return true;
    } catch (FileError missing) {
      return false;
    }
  }

  /** With the daemon's own rights only; never waits. */
  static Optional<FileInfo> lookAtOnce(Actor actor, FilePath path) {
    FilePorts ports = actor.ports();
    Optional<FileStatus> status =
        actor.identity().isPresent() ? Optional.empty() : ports.access().statusAtOnce(path);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> owner = ports.owners().userNameAtOnce(status.get().uid());
    Optional<String> group = ports.owners().groupNameAtOnce(status.get().gid());
    return owner.isEmpty() || group.isEmpty()
        ? Optional.empty()
        : Optional.of(new FileInfo(path, status.get(), owner.get(), group.get()));
  }

  static void removeFile(Folder top, FilePath path) {
    try {
      top.remove(path.octets());
    } catch (FileError error) {
      if (error.is("EISDIR")) {
        throw FileFailures.of(Code.RUNTIME_ERROR, path, "remove it", "it is a directory");
      }
      if (!error.isMissing()) {
        throw FileFailures.of(path, "remove it", error);
      }
    }
  }

  /** The owner first: a change of owner takes bits of the mode away. */
  static void apply(Actor actor, Folder top, FilePath path, PermissionChange change) {
    long uid = owner(actor, path, change);
    long gid = group(actor, path, change);
    try {
      if (uid != Folder.UNCHANGED || gid != Folder.UNCHANGED) {
        top.setOwner(path.octets(), uid, gid, true);
      }
      if (change.mode().isPresent()) {
        top.setMode(path.octets(), change.mode().getAsInt());
      } else {
        top.status(path.octets(), true);
      }
    } catch (FileError error) {
      throw FileFailures.looking(path, "change its permissions", error);
    }
  }

  static long owner(Actor actor, FilePath path, PermissionChange change) {
    return naming(path, () -> actor.user(change.owner()));
  }

  static long group(Actor actor, FilePath path, PermissionChange change) {
    return naming(path, () -> actor.group(change.group()));
  }

  private static long naming(FilePath path, LongSupplier id) {
    try {
      return id.getAsLong();
    } catch (Failure unknown) {
      throw FileFailures.of(
          unknown.code(), path, "change its permissions", String.valueOf(unknown.getMessage()));
    }
  }

  static void move(Actor actor, Folder top, FilePath from, FilePath to) {
    try {
      top.status(from.octets(), false);
    } catch (FileError error) {
      throw FileFailures.looking(from, "move it", error);
    }
    makeParents(top, to);
    try {
      rename(actor, top, from, to);
    } catch (FileError error) {
      throw FileFailures.of(from, "move to " + to.text(), error);
    }
  }

  private static void rename(Actor actor, Folder top, FilePath from, FilePath to) {
    try {
      top.rename(from.octets(), top, to.octets(), false);
    } catch (FileError error) {
      if (error.is("EEXIST")) {
        throw exists(to);
      }
      if (!error.is("EXDEV")) {
        throw error;
      }
      new Relocation(actor, top, from, to).run();
    }
  }

  static Failure exists(FilePath path) {
    return FileFailures.of(Code.CONFLICT, path, "move something to it", "it exists already");
  }

  static void makeFolder(Actor actor, Folder top, FilePath path, PermissionChange change) {
    long uid = owner(actor, path, change);
    long gid = group(actor, path, change);
    if (makeFolders(top, path).contains(path)
        && (uid != Folder.UNCHANGED || gid != Folder.UNCHANGED || change.mode().isPresent())) {
      apply(actor, top, path, change);
    }
  }

  /** Makes the folder around a path, and gives what was made, outermost first. */
  static List<FilePath> makeParents(Folder top, FilePath path) {
    return makeFolders(top, path.parent());
  }

  /** Makes a folder and those around it, and gives what was made, outermost first. */
  static List<FilePath> makeFolders(Folder top, FilePath path) {
    List<FilePath> missing = new ArrayList<>();
    FilePath at = path;
    while (!exists(top, at)) {
      missing.addFirst(at);
      at = at.parent();
    }
    List<FilePath> made = new ArrayList<>();
    for (FilePath folder : missing) {
      if (make(top, folder)) {
        made.add(folder);
      }
    }
    return made;
  }

  private static boolean exists(Folder top, FilePath path) {
    try {
      FileStatus status = top.status(path.octets(), true);
      if (!status.isDirectory()) {
        throw FileFailures.of(Code.CONFLICT, path, "make a directory", "something else is there");
      }
      return true;
    } catch (FileError error) {
      if (error.isMissing() && !path.isRoot()) {
        return false;
      }
      throw FileFailures.of(path, "make a directory", error);
    }
  }

  /** False when somebody else was faster. */
  private static boolean make(Folder top, FilePath path) {
    try {
      top.makeFolder(path.octets());
      return true;
    } catch (FileError error) {
      if (error.is("EEXIST") && exists(top, path)) {
        return false;
      }
      throw FileFailures.of(path, "make a directory", error);
    }
  }
}
