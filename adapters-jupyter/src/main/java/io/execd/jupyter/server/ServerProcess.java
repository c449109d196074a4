package io.execd.jupyter.server;

import io.execd.domain.Failure;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessLauncher;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.command.RunningProcess;
import io.execd.domain.stream.OutputSource;
import io.execd.jupyter.code.JupyterServer;
import io.execd.jupyter.wire.Endpoint;
import io.execd.jupyter.wire.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One life of a server process. Thread-safe. */
final class ServerProcess implements ProcessObserver, JupyterServer.Life {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration QUICK = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 100;
  private static final int TAIL_CHARS = 2000;

  private final int port;
  private final Endpoint endpoint;
  private final long startedNanos = System.nanoTime();
  private final Consumer<ServerProcess> onExit;
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable String end;
  private volatile @Nullable RunningProcess process;

  /** Written by the launcher's one thread. */
  private volatile String tail = "";

  /**
   * One that does not run yet.
   *
   * @param onExit hears once that it has ended; must not block
   */
  ServerProcess(int port, String token, Consumer<ServerProcess> onExit) {
    this.port = port;
    this.endpoint = new Endpoint(URI.create("http://127.0.0.1:" + port), "token " + token);
    this.onExit = onExit;
  }

  int port() {
    return port;
  }

  JupyterServer.Running running() {
    return new JupyterServer.Running(endpoint, this, Duration.ZERO, true);
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Starts it and waits until it answers. */
  void start(LaunchSpec spec, ProcessLauncher launcher) {
    process =
        switch (launcher.launch(spec, OutputRoute.OBSERVER, this)) {
          case Launched launched -> launched.process();
          case Refused refused ->
              throw new Failure(
                  Failure.Code.RUNTIME_ERROR, "Jupyter cannot be started: " + refused.reason());
        };
    long deadline = System.nanoTime() + STARTING.toNanos();
    while (!answers()) {
      if (end != null || System.nanoTime() - deadline >= 0) {
        stop();
        throw new Failure(
            Failure.Code.RUNTIME_ERROR,
            "Jupyter does not start: " + over().orElse("no answer") + lastWords());
      }
      pause();
    }
  }

  /** Nothing tells when it begins to listen, so this looks now and then; its end is told. */
  private void pause() {
    try {
      ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Code.NOT_READY, "the daemon is stopping", stopped);
    }
  }

  private boolean answers() {
    try {
      return HttpCall.send(endpoint, "GET", "/api/status", "", QUICK).status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Asks it to end, with its kernels; does not wait. */
  void stop() {
    RunningProcess running = process;
    if (running != null) {
      running.terminate(GRACE);
    }
  }

  /** Waits for its end, a little longer than it is given. */
  void awaitEnd() {
    try {
      ended.await(GRACE.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<String> over() {
    return Optional.ofNullable(end);
  }

  @Override
  public int room() {
    return TAIL_CHARS * 4;
  }

  /** What it wrote last, on one line: for those who look after it, not for every caller. */
  String lastWords() {
    String words = tail.strip().replaceAll("\\s*\\n\\s*", " | ");
    return words.isEmpty() ? "" : ": " + words;
  }

  @Override
  public void output(OutputSource source, byte[] bytes) {
    String text = tail + new String(bytes, StandardCharsets.UTF_8);
    tail = text.substring(Math.max(0, text.length() - TAIL_CHARS));
  }

  @Override
  public void exited(ExitStatus status) {
    end = "the Jupyter server that ran it has ended (" + text(status) + ")";
    ended.countDown();
    onExit.accept(this);
  }

  private static String text(ExitStatus status) {
    return switch (status) {
      case Exited(int code, boolean _) -> "exit code " + code;
      case Signaled(int signal, boolean _, boolean outOfMemory) ->
          "signal " + signal + (outOfMemory ? ", out of memory" : "");
    };
  }
}
