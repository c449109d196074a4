package io.execd.application.file;

import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Content that has come before its destination is known. It waits among temporary files. For one
 * thread at a time.
 */
final class Unplaced implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final String KEEP = "keep what comes before its metadata";

  private final Actor actor;
  private final Partial partial;

  private Unplaced(Actor actor, Partial partial) {
    this.actor = actor;
    this.partial = partial;
  }

  static Unplaced create(Actor actor) {
    FilePath path = actor.ports().temporary(Partial.name());
    try {
      return new Unplaced(
          actor,
          actor.briefly(top -> Partial.create(actor, top, path, Folder.Mode.CREATE_PRIVATE)));
    } catch (FileError error) {
      throw error.isMissing()
          ? FileFailures.of(Code.RUNTIME_ERROR, path, KEEP, error.error().text())
          : FileFailures.of(path, KEEP, error);
    }
  }

  void write(ByteBuffer bytes) {
    try {
      partial.write(bytes);
    } catch (FileError error) {
      throw FileFailures.of(partial.path(), KEEP, error);
    }
  }

  void finish() {
    partial.finish();
  }

  void copyTo(PendingFile target) {
    try (OpenFile source = actor.briefly(this::open)) {
      long size = source.status().sizeBytes();
      ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, size));
      long at = 0;
      while (read(source, block.clear(), at) > 0) {
        at += block.flip().remaining();
        target.write(block);
      }
    } catch (FileError error) {
      throw FileFailures.of(partial.path(), KEEP, error);
    }
  }

  private OpenFile open(Folder top) {
    return top.open(partial.path().octets(), Folder.Mode.READ);
  }

  private int read(OpenFile source, ByteBuffer block, long at) {
    return actor.ports().access().briefly(Optional.empty(), top -> source.read(block, at));
  }

  @Override
  public void close() {
    actor.briefly(top -> {
      partial.discard(top);
      return true;
    });
  }
}
