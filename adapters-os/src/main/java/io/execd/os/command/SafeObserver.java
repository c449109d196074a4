package io.execd.os.command;

import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.stream.OutputSource;
import java.lang.System.Logger.Level;

/**
 * Keeps an observer's mistakes away from the thread that serves all processes. For one thread at a
 * time, as any observer.
 */
final class SafeObserver implements ProcessObserver {
  private static final System.Logger LOG = System.getLogger(SafeObserver.class.getName());

  private final ProcessObserver observer;
  private boolean complained;

  SafeObserver(ProcessObserver observer) {
    this.observer = observer;
  }

  /** An observer that fails here gets all output, lest its process block for good. */
  @Override
  public int room() {
    try {
      return observer.room();
    } catch (RuntimeException | Error e) {
      complain(e);
      return Integer.MAX_VALUE;
    }
  }

  @Override
  public void output(OutputSource source, byte[] bytes) {
    guard(() -> observer.output(source, bytes));
  }

  @Override
  public void exited(ExitStatus status) {
    guard(() -> observer.exited(status));
  }

  private void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      complain(e);
    }
  }

  private void complain(Throwable mistake) {
    if (!complained) {
      complained = true;
      LOG.log(Level.ERROR, "the observer of a process failed", mistake);
    }
  }
}
