package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;

/**
 * Moves a file, link or folder to another file system, which the kernel does not: a copy beside the
 * new place takes the name in one step, and then the old one is removed. Before that a failure
 * leaves the old one as it was and no new one; when a folder cannot be removed, the new one is
 * whole and stays, because the old one may not be whole any more.
 *
 * <p>What changes while it is copied ends the move. What changes between the last look and the
 * removal, which follow each other at once, is lost as with {@code mv}.
 */
final class Relocation {
  private final Actor actor;
  private final Folder top;
  private final FilePath from;
  private final FilePath to;

  Relocation(Actor actor, Folder top, FilePath from, FilePath to) {
    this.actor = actor;
    this.top = top;
    this.from = from;
    this.to = to;
  }

  /**
   * Does it; the destination's parent must exist. Blocks for as long as that takes.
   *
   * @throws FileError about the source; a {@link Failure} about the destination or what is in the
   *     source
   */
  void run() {
    requireFree();
    SourceTree source = new SourceTree(top, from, to.parent());
    requireRemovable();
    long before = TreeSum.of(source);
    FilePath partial = to.parent().child(Partial.name());
    actor.journal().began(partial);
    try {
      TreeCopy.make(top, source, partial, to);
      if (TreeSum.of(source) != before) {
        throw SourceTree.changed(from);
      }
      takePlace(partial);
    } catch (Failure failed) {
      TreeRemoval.discard(actor.journal(), top, partial);
      throw failed;
    }
    actor.journal().ended(partial);
    remove(source);
  }

  private void requireFree() {
    try {
      top.status(to.octets(), false);
    } catch (FileError missing) {
      return;
    }
    throw Changes.exists(to);
  }

  private void requireRemovable() {
    FilePath around = from.parent();
    try {
      top.requireWritable(around.octets());
    } catch (FileError error) {
      throw FileFailures.of(from, SourceTree.MOVE, error);
    }
  }

  private void takePlace(FilePath partial) {
    try {
      top.rename(partial.octets(), top, to.octets(), false);
    } catch (FileError error) {
      throw FileFailures.of(to, Destination.WRITE, error);
    }
  }

  private void remove(SourceTree source) {
    try {
      TreeRemoval.remove(top, from);
    } catch (Failure failed) {
      if (!source.isFolder()) {
        top.remove(to.octets());
        throw failed;
      }
      String text = failed.getMessage() + "; all of it is at " + to.text();
      throw new Failure(failed.code(), text, failed);
    }
  }
}
