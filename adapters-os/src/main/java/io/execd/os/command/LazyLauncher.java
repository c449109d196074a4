package io.execd.os.command;

import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessObserver;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the real launcher when it is first needed. */
final class LazyLauncher implements MachineLauncher {
  private final Supplier<MachineLauncher> maker;
  private final ReentrantLock making = new ReentrantLock();

  /** Written once, under {@link #making}. */
  private volatile @Nullable MachineLauncher made;

  LazyLauncher(Supplier<MachineLauncher> maker) {
    this.maker = maker;
  }

  @Override
  public LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
    return real().launch(spec, route, observer);
  }

  @Override
  public void warmUp() {
    real().warmUp();
  }

  @Override
  public void close() {
    MachineLauncher launcher = made;
    if (launcher != null) {
      launcher.close();
    }
  }

  private MachineLauncher real() {
    MachineLauncher launcher = made;
    if (launcher != null) {
      return launcher;
    }
    making.lock();
    try {
      launcher = made;
      if (launcher == null) {
        launcher = maker.get();
        made = launcher;
      }
      return launcher;
    } finally {
      making.unlock();
    }
  }
}
