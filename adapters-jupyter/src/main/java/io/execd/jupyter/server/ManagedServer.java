package io.execd.jupyter.server;

import io.execd.domain.Failure;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.ProcessLauncher;
import io.execd.domain.command.Program;
import io.execd.jupyter.code.JupyterServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server that the daemon runs itself. It is started when somebody needs it, once, and again,
 * after ever longer pauses, when it ends by itself. Thread-safe; nothing blocks under the lock.
 */
public final class ManagedServer implements JupyterServer, AutoCloseable {
  private static final Logger LOG = System.getLogger(ManagedServer.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 5;

  /** One that has run for so long did not fail at its start. */
  private static final Duration STABLE = Duration.ofMinutes(1);

  private final Optional<Path> venv;
  private final ProcessLauncher launcher;
  private final EnvironmentSource environment;
  private final ScheduledExecutorService timer;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private @Nullable CompletableFuture<ServerProcess> current;
  private @Nullable ServerProcess starting;
  private @Nullable Future<?> restart;
  private int failures;
  private boolean closed;

  /**
   * One that does not run yet.
   *
   * @param venv the virtual environment to look for it first
   * @param environment what it and its kernels get
   * @param timer gets short, non-blocking tasks only
   */
  public ManagedServer(
      Optional<Path> venv,
      ProcessLauncher launcher,
      EnvironmentSource environment,
      ScheduledExecutorService timer) {
    this.venv = venv;
    this.launcher = launcher;
    this.environment = environment;
    this.timer = timer;
  }

  @Override
  public Running use() {
    CompletableFuture<ServerProcess> mine = new CompletableFuture<>();
    CompletableFuture<ServerProcess> known = orElse(mine);
    if (known == null) {
      start(mine);
    }
    return await(known == null ? mine : known).running();
  }

  /** The server there is, or null, and then this one is to be started. */
  private @Nullable CompletableFuture<ServerProcess> orElse(CompletableFuture<ServerProcess> mine) {
    lock.lock();
    try {
      if (closed) {
        throw new Failure(Failure.Code.NOT_READY, "the daemon is stopping");
      }
      CompletableFuture<ServerProcess> known = current;
      current = known == null ? mine : known;
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** The port of the server that runs now. Does not block. */
  public OptionalInt port() {
    lock.lock();
    try {
      return current != null && current.isDone() && !current.isCompletedExceptionally()
          ? OptionalInt.of(current.join().port())
          : OptionalInt.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Starts it before anybody needs it; a failure is logged, and met again by whoever does. */
  public void warmUp() {
    try {
      use();
    } catch (Failure failed) {
      LOG.log(Level.WARNING, "the Jupyter server: {0}", failed.getMessage());
    }
  }

  private static ServerProcess await(CompletableFuture<ServerProcess> server) {
    try {
      return server.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Failure failure) {
        throw new Failure(failure.code(), String.valueOf(failure.getMessage()), failure);
      }
      throw failed;
    }
  }

  private void start(CompletableFuture<ServerProcess> mine) {
    String token = token();
    try (ServerConfiguration configuration = ServerConfiguration.write(token)) {
      ServerProcess server = new ServerProcess(freePort(), token, this::exited);
      LaunchSpec spec = spec(server.port(), configuration);
      remember(server);
      server.start(spec, launcher);
      LOG.log(Level.INFO, "a Jupyter server runs on port {0}", Integer.toString(server.port()));
      mine.complete(server);
      // It may have ended between its first answer and now.
      server.over().ifPresent(reason -> exited(server));
    } catch (RuntimeException failed) {
      forget();
      mine.completeExceptionally(failed);
    } catch (IOException failed) {
      forget();
      mine.completeExceptionally(
          new Failure(Failure.Code.RUNTIME_ERROR, "no port is free for Jupyter", failed));
    }
  }

  private LaunchSpec spec(int port, ServerConfiguration configuration) {
    var variables = environment.read();
    String path = variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    Map<String, String> own = JupyterProgram.environment(variables, venv);
    configuration.addTo(own);
    return new LaunchSpec(
        new Program.Argv(JupyterProgram.words(venv, path, port)),
        own,
        Optional.of("/"),
        Optional.empty());
  }

  private void remember(ServerProcess server) {
    lock.lock();
    try {
      if (closed) {
        throw new Failure(Failure.Code.NOT_READY, "the daemon is stopping");
      }
      starting = server;
    } finally {
      lock.unlock();
    }
  }

  /** What is being started is the one there is: nobody replaces it meanwhile. */
  private void forget() {
    lock.lock();
    try {
      current = null;
    } finally {
      lock.unlock();
    }
  }

  /** On the launcher's thread. One that never answered is dealt with by whoever starts it. */
  private void exited(ServerProcess server) {
    lock.lock();
    try {
      boolean ran = current != null && current.isDone() && server.equals(starting);
      if (ran && !closed) {
        current = null;
        failures = server.age().compareTo(STABLE) > 0 ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
        long pause = FIRST_PAUSE.toMillis() << failures;
        LOG.log(
            Level.WARNING,
            "{0}; again in {1} ms{2}",
            server.over().orElse(""),
            Long.toString(pause),
            server.lastWords());
        restart = timer.schedule(this::restart, pause, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void restart() {
    Thread.ofVirtual().name("jupyter-restart").start(this::warmUp);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String token() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Ends it, with its kernels; blocks until it has ended, for seconds at most. */
  @Override
  public void close() {
    ServerProcess server;
    lock.lock();
    try {
      closed = true;
      server = starting;
      if (restart != null) {
        restart.cancel(false);
      }
    } finally {
      lock.unlock();
    }
    if (server != null) {
      server.stop();
      server.awaitEnd();
    }
  }
}
