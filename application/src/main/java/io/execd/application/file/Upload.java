package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.file.PermissionChange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
  private @Nullable PendingFile current;

  Upload(Actor actor) {
    this.actor = actor;
  }

  /** Begins the next file. */
  public void begin(String path, PermissionChange change) {
    guard(() -> current = PendingFile.create(actor, actor.path("path", path), change));
  }

  /** Adds to the file that was begun. Blocks while the disk does. */
  public void write(ByteBuffer bytes) {
    guard(() -> current().write(bytes));
  }

  /** The file that was begun is whole. */
  public void end() {
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
    actor.forAll(
        whole.size(),
        top -> {
          whole.forEach(file -> file.commit(top));
          return true;
        });
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    whole.forEach(PendingFile::close);
    whole.clear();
  }
}
