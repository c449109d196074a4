package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that holds content until it has its place, and is removed when it gets none. The journal
 * knows of it for as long as it is there. For one thread at a time.
 */
final class Partial {
  static final String PREFIX = ".execd-upload-";

  private final Actor actor;
  private final FilePath path;
  private final OpenFile file;
  private long writtenBytes;
  private boolean open = true;
  private boolean there = true;

  private Partial(Actor actor, FilePath path, OpenFile file) {
    this.actor = actor;
    this.path = path;
    this.file = file;
  }

  /** A name that nothing else has. */
  static String name() {
    return PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /**
   * Makes an empty one.
   *
   * @throws FileError when its folder takes no new name
   */
  static Partial create(Actor actor, Folder top, FilePath path, Folder.Mode mode) {
    actor.journal().began(path);
    try {
      return new Partial(actor, path, top.open(path.octets(), mode));
    } catch (FileError error) {
      actor.journal().ended(path);
      throw error;
    }
  }

  FilePath path() {
    return path;
  }

  /** While it is open. */
  OpenFile file() {
    return file;
  }

  /**
   * Adds to it.
   *
   * @throws FileError when the disk does not take it
   */
  void write(ByteBuffer bytes) {
    long at = writtenBytes;
    writtenBytes += bytes.remaining();
    // What is open may be written, no matter who opened it.
    actor.ports().access().briefly(Optional.empty(), top -> store(bytes, at));
  }

  private boolean store(ByteBuffer bytes, long at) {
    file.write(bytes, at);
    return true;
  }

  /** Gives its descriptor back: nothing more will be written. */
  void finish() {
    open = false;
    file.close();
  }

  /** It has another name now. */
  void tookPlace() {
    there = false;
    actor.journal().ended(path);
  }

  /** Removes it, unless it took its place. */
  void discard(Folder top) {
    if (!there) {
      return;
    }
    there = false;
    if (open) {
      finish();
    }
    try {
      top.remove(path.octets());
    } catch (FileError error) {
      if (!error.isMissing()) {
        throw new Failure(Failure.Code.RUNTIME_ERROR, path + ": an unfinished file stays", error);
      }
    }
    actor.journal().ended(path);
  }

  boolean isThere() {
    return there;
  }
}
