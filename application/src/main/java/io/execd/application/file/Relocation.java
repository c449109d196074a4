package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Moves a regular file to another file system, which the kernel does not: a copy beside the new
 * place takes the name in one step, and then the old file goes. When something fails, the old file
 * is there and the new one is not.
 */
final class Relocation {
  private static final System.Logger LOG = System.getLogger(Relocation.class.getName());
  private static final int BLOCK_BYTES = 256 * 1024;
  private static final int PLAIN_BITS = 0777;

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

  /** Whether it can be done; the destination's parent must exist. */
  static boolean isPossible(Folder top, FilePath from) {
    return top.status(from.octets(), false).type() == FileType.FILE;
  }

  /**
   * Does it. Blocks for as long as that takes.
   *
   * @throws FileError about the source; a {@link Failure} about the destination
   */
  void run() {
    FileStatus copied;
    try (OpenFile source = top.open(from.octets(), Folder.Mode.READ)) {
      requireFree();
      copied = source.status();
      String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      copy(source, to.parent().child(PendingFile.PREFIX + random));
    }
    try {
      removeSource(copied);
    } catch (FileError | Failure refused) {
      top.remove(to.octets());
      throw refused;
    }
  }

  private void removeSource(FileStatus copied) {
    if (!top.status(from.octets(), false).tag().equals(copied.tag())) {
      throw FileFailures.of(
          Code.CONFLICT, from, "move to " + to.text(), "it has been changed meanwhile");
    }
    top.remove(from.octets());
  }

  private void requireFree() {
    try {
      top.status(to.octets(), false);
    } catch (FileError missing) {
      return;
    }
    throw Changes.exists(to);
  }

  private void copy(OpenFile source, FilePath partial) {
    actor.journal().began(partial);
    try {
      write(source, partial);
      top.rename(partial.octets(), top, to.octets(), false);
    } catch (FileError error) {
      discard(partial);
      throw FileFailures.of(to, Destination.WRITE, error);
    } finally {
      actor.journal().ended(partial);
    }
  }

  private void write(OpenFile source, FilePath partial) {
    try (OpenFile target = top.open(partial.octets(), Folder.Mode.CREATE_PRIVATE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
      long at = 0;
      while (source.read(block.clear(), at) > 0) {
        block.flip();
        int read = block.remaining();
        target.write(block, at);
        at += read;
      }
      dress(source.status(), target);
    }
  }

  /** A file that cannot keep its owner does not keep the right to act as that owner either. */
  private static void dress(FileStatus old, OpenFile target) {
    FileStatus made = target.status();
    boolean same = made.uid() == old.uid() && made.gid() == old.gid();
    boolean kept = same || Ownership.give(target, old.uid(), old.gid());
    if (!kept) {
      Ownership.give(target, Folder.UNCHANGED, old.gid());
    }
    target.setMode(kept ? old.mode() : old.mode() & PLAIN_BITS);
    target.setModified(old.modified());
  }

  private void discard(FilePath partial) {
    try {
      top.remove(partial.octets());
    } catch (FileError error) {
      if (!error.isMissing()) {
        LOG.log(Level.WARNING, "an unfinished file stays: {0}: {1}", partial, error.getMessage());
      }
    }
  }
}
