package io.execd.application.file;

import io.execd.domain.Failure.Code;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.nio.ByteBuffer;

/**
 * Writes content into a file that stays what it is, where no other file can take its place: a mount
 * point, a directory that takes no new name, a file that only a link of the kernel leads to. Not
 * one step: a reader may see some of both contents, and what fails half-way stays so. Room is
 * reserved first, so that a full disk leaves the file as it was on file systems that can tell.
 */
final class InPlace {
  private static final int BLOCK_BYTES = 256 * 1024;

  private final OpenFile source;
  private final OpenFile target;
  private final long sizeBytes;
  private long doneBytes;

  private InPlace(OpenFile source, OpenFile target) {
    this.source = source;
    this.target = target;
    this.sizeBytes = source.status().sizeBytes();
  }

  /**
   * Does it. Blocks for as long as that takes.
   *
   * @param content the file that holds the content
   * @throws io.execd.domain.Failure that tells how much of the old content is gone
   */
  static void write(Folder top, FilePath content, Destination destination, Ownership ownership) {
    FilePath path = destination.path();
    try (OpenFile source = top.open(content.octets(), Folder.Mode.READ);
        OpenFile target = top.open(path.octets(), destination.opening())) {
      if (target.status().type() != FileType.FILE) {
        throw FileFailures.of(
            Code.CONFLICT, path, Destination.WRITE, "it has become something else meanwhile");
      }
      InPlace work = new InPlace(source, target);
      try {
        work.run(ownership);
      } catch (FileError error) {
        throw FileFailures.of(path, work.operation(), error);
      }
    } catch (FileError error) {
      throw FileFailures.of(path, Destination.WRITE, error);
    }
  }

  private void run(Ownership ownership) {
    ownership.applyAsked(target);
    reserve();
    ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, sizeBytes));
    while (source.read(block.clear(), doneBytes) > 0) {
      int read = block.flip().remaining();
      target.write(block, doneBytes);
      doneBytes += read;
    }
    target.setSize(doneBytes);
    boolean _ = ownership.restoreMode(target);
  }

  private void reserve() {
    long before = target.status().sizeBytes();
    try {
      target.reserve(sizeBytes);
    } catch (FileError full) {
      target.setSize(before);
      throw full;
    }
  }

  private String operation() {
    return doneBytes == 0
        ? Destination.WRITE
        : "write it in place (%d of %d bytes were replaced)".formatted(doneBytes, sizeBytes);
  }
}
