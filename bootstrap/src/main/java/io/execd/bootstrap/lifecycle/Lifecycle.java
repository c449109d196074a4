package io.execd.bootstrap.lifecycle;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts parts in order and stops them in reverse order, going on past failures. {@link #stop} may
 * come from another thread, at any time: no part is started after it, and none is left running.
 */
public final class Lifecycle {
  private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

  private final List<Part> parts;
  private final ConcurrentLinkedDeque<Part> running = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  public Lifecycle(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Starts every part. When one fails, those before it are stopped.
   *
   * @throws Exception the failure of the part that could not start
   */
  public void start() throws Exception {
    try {
      for (Part part : parts) {
        if (stopping.get()) {
          break;
        }
        part.start();
        running.push(part);
      }
    } catch (Exception e) {
      stop();
      throw e;
    }
    stopIfAskedMeanwhile();
  }

  /** The stopper may have looked just before the last part was put down as running. */
  private void stopIfAskedMeanwhile() {
    if (stopping.get()) {
      stop();
    }
  }

  /** Stops what runs; returns when all of it has been told. A second call finds nothing to do. */
  public void stop() {
    stopping.set(true);
    for (Part part = running.poll(); part != null; part = running.poll()) {
      stop(part);
    }
  }

  private static void stop(Part part) {
    try {
      part.stop();
    } catch (Exception e) {
      LOG.log(Level.ERROR, "part " + part.name() + " did not stop cleanly", e);
    }
  }
}
