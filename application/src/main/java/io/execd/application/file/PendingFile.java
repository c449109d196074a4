package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.domain.file.PermissionChange;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that comes into being beside its destination and takes its place in one step. Until then
 * the destination is untouched; when it is closed before, nothing is left. For one thread at a
 * time.
 */
final class PendingFile implements AutoCloseable {
  static final String PREFIX = ".execd-upload-";

  private final Actor actor;
  private final FilePath asked;
  private final Place place;
  private long writtenBytes;
  private boolean open = true;
  private boolean there = true;

  /** Where it is, and what was made for it. */
  private record Place(
      Destination destination,
      FilePath partial,
      Ownership ownership,
      List<FilePath> folders,
      OpenFile file) {}

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
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    FilePath partial = destination.sibling(PREFIX + random);
    List<FilePath> folders =
        destination.existing().isPresent() ? List.of() : parents(top, destination);
    actor.journal().began(partial);
    try {
      OpenFile file = top.open(partial.octets(), ownership.creation());
      return new Place(destination, partial, ownership, folders, file);
    } catch (FileError error) {
      actor.journal().ended(partial);
      removeFolders(top, folders);
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  private static List<FilePath> parents(Folder top, Destination destination) {
    return Changes.makeParents(top, destination.path());
  }

  void write(ByteBuffer bytes) {
    long at = writtenBytes;
    writtenBytes += bytes.remaining();
    // What is open may be written, whoever opened it.
    guard(() -> actor.ports().access().briefly(Optional.empty(), top -> store(bytes, at)));
  }

  private boolean store(ByteBuffer bytes, long at) {
    place.file.write(bytes, at);
    return true;
  }

  /** All is written: gives it owner and mode, and closes it. */
  void finish() {
    guard(() ->
        actor.briefly(top -> {
          place.ownership.apply(place.file);
          place.file.close();
          return true;
        }));
    open = false;
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (FileError error) {
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
  }

  /** Takes its place. */
  void commit(Folder top) {
    try {
      top.rename(place.partial.octets(), top, place.destination.path().octets(), true);
    } catch (FileError error) {
      throw FileFailures.of(asked, Destination.WRITE, error);
    }
    there = false;
    actor.journal().ended(place.partial);
  }

  /** Removes what is left of it, unless it took its place. */
  @Override
  public void close() {
    if (there) {
      there = false;
      actor.briefly(top -> {
        discard(top);
        return true;
      });
    }
  }

  private void discard(Folder top) {
    if (open) {
      place.file.close();
    }
    try {
      top.remove(place.partial.octets());
    } catch (FileError error) {
      if (!error.isMissing()) {
        throw new Failure(
            Failure.Code.RUNTIME_ERROR, place.partial + ": an unfinished file stays", error);
      }
    }
    actor.journal().ended(place.partial);
    removeFolders(top, place.folders);
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
