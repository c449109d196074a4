package io.execd.application.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.PermissionChange;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A file that comes into being beside its destination and takes its place in one step. Until then
 * the destination is untouched; when it is closed before, nothing is left. Where the kernel lets no
 * other file take that place, the content is written into the file that is there, which is not one
 * step. For one thread at a time.
 */
final class PendingFile implements AutoCloseable {
  private final Actor actor;
  private final FilePath asked;
  private final Place place;

  /** Where it is to be, and what was made for it. */
  private record Place(
      Destination destination, Ownership ownership, List<FilePath> folders, Partial partial) {}

  private PendingFile(Actor actor, FilePath asked, Place place) {
    this.actor = actor;
    this.asked = asked;
    this.place = place;
  }

  static PendingFile create(Actor actor, FilePath asked, PermissionChange change) {
    return new PendingFile(actor, asked, actor.briefly(top -> place(actor, top, asked, change)));
  }

  private static Place place(Actor actor, Folder top, FilePath asked, PermissionChange change) {
    Destination destination = Destination.find(top, asked);
    Ownership ownership = Ownership.of(actor, asked, change, destination.existing());
    List<FilePath> folders =
        destination.existing().isPresent() ? List.of() : parents(top, destination);
    try {
      Partial partial = partial(actor, top, destination, ownership);
      return new Place(destination, ownership, folders, partial);
    } catch (FileError error) {
      removeFolders(top, folders);
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  private static List<FilePath> parents(Folder top, Destination destination) {
    return Changes.makeParents(top, destination.path());
  }

  /** Beside the destination, or else, when that can be written in place, among temporary files. */
  private static Partial partial(
      Actor actor, Folder top, Destination destination, Ownership ownership) {
    if (destination.isThrough()) {
      return temporary(actor, top);
    }
    try {
      FilePath beside = destination.sibling(Partial.name());
      return Partial.create(actor, top, beside, ownership.creation());
    } catch (FileError refused) {
      if (destination.existing().isEmpty() || !Destination.isRefusedName(refused)) {
        throw refused;
      }
      return temporary(actor, top);
    }
  }

  private static Partial temporary(Actor actor, Folder top) {
    FilePath path = actor.ports().temporary(Partial.name());
    return Partial.create(actor, top, path, Folder.Mode.CREATE_PRIVATE);
  }

  void write(ByteBuffer bytes) {
    guard(() -> place.partial.write(bytes));
  }

  /** All is written: gives it owner and mode, if it is to take the place itself, and closes it. */
  void finish() {
    guard(() ->
        actor.briefly(top -> {
          if (place.destination.isReplacedBy(place.partial.path())) {
            place.ownership.apply(place.partial.file());
          }
          place.partial.finish();
          return true;
        }));
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (FileError error) {
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  /** Takes its place, or is written there. */
  void commit() {
    if (!actor.briefly(this::takePlace)) {
      writeInPlace();
    }
  }

  /**
   * Takes its place.
   *
   * @return false when the kernel does not let it, although what is there can be written
   */
  boolean takePlace(Folder top) {
    try {
      if (!place.destination.replace(top, place.partial.path())) {
        return false;
      }
    } catch (FileError error) {
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
    place.partial.tookPlace();
    return true;
  }

  /** Writes the content into the file that is there. Blocks for as long as that takes. */
  void writeInPlace() {
    actor.atLength(top -> {
      InPlace.write(top, place.partial.path(), place.destination, place.ownership);
      return true;
    });
  }

  /** Removes what is left of it, unless it took its place. */
  @Override
  public void close() {
    if (place.partial.isThere()) {
      actor.briefly(top -> {
        place.partial.discard(top);
        removeFolders(top, place.folders);
        return true;
      });
    }
  }

  /** The innermost first; one that others use by now stays. */
  private static void removeFolders(Folder top, List<FilePath> folders) {
    for (FilePath folder : folders.reversed()) {
      try {
        top.removeFolder(folder.octets());
      } catch (FileError inUse) {
        return;
      }
    }
  }
}
