package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.file.Folder;
import io.execd.domain.file.PermissionChange;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that arrive one after the other and appear together, in their order, when all have arrived.
 * When one of them cannot be written, those before it appear, and it is the failure. Closed before
 * that, nothing has happened. For one thread at a time.
 */
public final class Upload implements AutoCloseable {
  private final Actor actor;
  private final List<PendingFile> whole = new ArrayList<>();

  /** What has arrived and has no destination yet, in order. */
  private final Deque<Unplaced> unplaced = new ArrayDeque<>();

  private @Nullable PendingFile current;
  private @Nullable Unplaced nameless;

  Upload(Actor actor) {
    this.actor = actor;
  }

  /** Begins the next file. */
  public void begin(String path, PermissionChange change) {
    guard(() -> current = PendingFile.create(actor, actor.path("path", path), change));
  }

  /** Begins the next file, whose destination will be told by {@link #place} when it is whole. */
  public void begin() {
    guard(() -> nameless = Unplaced.create(actor));
  }

  /** Adds to the file that was begun. Blocks while the disk does. */
  public void write(ByteBuffer bytes) {
    Unplaced now = nameless;
    guard(() -> {
      if (now == null) {
        current().write(bytes);
      } else {
        now.write(bytes);
      }
    });
  }

  /**
   * Tells the destination of the first file that has none. Blocks while its content is copied
   * there.
   */
  public void place(String path, PermissionChange change) {
    try (Unplaced content = unplaced.remove()) {
      begin(path, change);
      guard(() -> content.copyTo(current()));
      end();
    }
  }

  /** The file that was begun is whole. */
  public void end() {
    if (nameless != null) {
      nameless.finish();
      unplaced.add(nameless);
      nameless = null;
      return;
    }
    guard(() -> {
      PendingFile file = current();
      file.finish();
      whole.add(file);
      current = null;
    });
  }

  private PendingFile current() {
    if (current == null) {
      throw new IllegalStateException("no file was begun");
    }
    return current;
  }

  private void guard(Runnable step) {
    try {
      step.run();
    } catch (Failure failed) {
      commit();
      throw failed;
    }
  }

  /** Lets all whole files appear. */
  public void commit() {
    int done = 0;
    while (done < whole.size()) {
      int from = done;
      done = actor.forAll(whole.size() - from, top -> takePlaces(top, from));
      if (done < whole.size()) {
        whole.get(done++).writeInPlace();
      }
    }
  }

  /** Goes as far as files can take their place, and tells how far. */
  private int takePlaces(Folder top, int from) {
    int at = from;
    while (at < whole.size() && whole.get(at).takePlace(top)) {
      at++;
    }
    return at;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    if (nameless != null) {
      nameless.close();
      nameless = null;
    }
    unplaced.forEach(Unplaced::close);
    unplaced.clear();
    whole.forEach(PendingFile::close);
    whole.clear();
  }
}
