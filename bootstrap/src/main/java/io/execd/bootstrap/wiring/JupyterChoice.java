package io.execd.bootstrap.wiring;

import io.execd.bootstrap.lifecycle.Part;
import io.execd.bootstrap.settings.JupyterMode;
import io.execd.bootstrap.settings.Settings;
import io.execd.domain.code.KernelSource;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.command.ProcessLauncher;
import io.execd.jupyter.code.ConfiguredServer;
import io.execd.jupyter.code.JupyterKernels;
import io.execd.jupyter.code.JupyterServer;
import io.execd.jupyter.server.ManagedServer;
import java.net.URI;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Jupyter server that the settings ask for. Nothing of it is made before it is needed.
 * Thread-safe.
 */
final class JupyterChoice {
  private final Settings.Jupyter settings;
  private final ProcessLauncher launcher;
  private final EnvironmentSource environment;
  private final ScheduledExecutorService timer;
  private final ReentrantLock making = new ReentrantLock();

  /** Written once, under {@link #making}. */
  private volatile @Nullable ManagedServer managed;

  JupyterChoice(
      Settings.Jupyter settings,
      ProcessLauncher launcher,
      EnvironmentSource environment,
      ScheduledExecutorService timer) {
    this.settings = settings;
    this.launcher = launcher;
    this.environment = environment;
    this.timer = timer;
  }

  KernelSource kernels() {
    JupyterServer server =
        settings.mode() == JupyterMode.EXTERNAL
            ? new ConfiguredServer(settings.host(), settings.token().reveal())
            : managed();
    return new JupyterKernels(server, timer, settings.idlePoll());
  }

  /**
   * Where clients may look whether code can be run. One of our own that does not run yet is started
   * by whoever runs code: until then our own port stands for it.
   */
  OptionalInt port(IntSupplier ownPort) {
    if (settings.mode() != JupyterMode.EXTERNAL) {
      ManagedServer server = managed;
      OptionalInt port = server == null ? OptionalInt.empty() : server.port();
      return port.isPresent() ? port : OptionalInt.of(ownPort.getAsInt());
    }
    return settings.host().map(JupyterChoice::port).orElse(OptionalInt.empty());
  }

  private static OptionalInt port(URI host) {
    int standard = host.getScheme().equals("https") ? 443 : 80;
    return OptionalInt.of(host.getPort() < 0 ? standard : host.getPort());
  }

  Part part() {
    return Parts.jupyter(this::start, this::stop);
  }

  private void start() {
    if (settings.mode() == JupyterMode.MANAGED_EAGER) {
      Thread.ofVirtual().name("jupyter-start").start(() -> managed().warmUp());
    }
  }

  private void stop() {
    ManagedServer server = managed;
    if (server != null) {
      server.close();
    }
  }

  private ManagedServer managed() {
    making.lock();
    try {
      ManagedServer server = managed;
      if (server == null) {
        server = new ManagedServer(settings.venv(), launcher, environment, timer);
        managed = server;
      }
      return server;
    } finally {
      making.unlock();
    }
  }
}
