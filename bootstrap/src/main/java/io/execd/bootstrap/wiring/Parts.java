package io.execd.bootstrap.wiring;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.execd.application.code.CodeService;
import io.execd.application.command.CommandService;
import io.execd.bootstrap.lifecycle.Part;
import io.execd.http.server.ExecdServer;
import io.execd.os.command.MachineLauncher;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What starts and stops. */
final class Parts {
  /** The last words of commands that were ended have this long to reach their clients. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private static final long HEAP_SECONDS = 2;

  interface Step {
    void run() throws Exception;
  }

  private record Steps(String name, Step onStart, Step onStop) implements Part {
    @Override
    public void start() throws Exception {
      onStart.run();
    }

    @Override
    public void stop() throws Exception {
      onStop.run();
    }
  }

  private Parts() {}

  static Part timer(ExecutorService timer) {
    return new Steps("timer", () -> {}, timer::shutdownNow);
  }

  /** A busy heap shrinks when it is quiet again; ends with the timer. */
  static Part heap(ScheduledExecutorService timer) {
    HeapTrim trim = new HeapTrim();
    return new Steps(
        "heap",
        () -> {
          var _ = timer.scheduleWithFixedDelay(trim, HEAP_SECONDS, HEAP_SECONDS, SECONDS);
        },
        () -> {});
  }

  /** Warms up beside the start, so that the first command need not wait. */
  static Part launcher(MachineLauncher launcher) {
    return new Steps(
        "launcher",
        () -> Thread.ofPlatform().name("execd-warm-up").daemon().start(launcher::warmUp),
        launcher::close);
  }

  /** What a killed daemon has left of uploads is removed beside the first requests. */
  static Part files(LazyFiles files) {
    return new Steps(
        "files",
        () -> Thread.ofPlatform().name("execd-leftovers").daemon().start(files::recover),
        files::close);
  }

  /** The open connections, which outlive the commands so that these can say how they ended. */
  static Part connections(ExecdServer server) {
    return new Steps(
        "connections",
        () -> {},
        () -> {
          server.drain(LAST_WORDS);
          server.close();
        });
  }

  static Part commands(CommandService commands) {
    return new Steps("commands", () -> {}, commands::close);
  }

  /** The Jupyter server, if it is ours; it outlives the contexts. */
  static Part jupyter(Step onStart, Step onStop) {
    return new Steps("jupyter", onStart, onStop);
  }

  /** The contexts, whose kernels end with the daemon. */
  static Part code(CodeService code) {
    return new Steps("code", () -> {}, code::close);
  }

  /** New requests: refused first of all, so that what runs can drain. */
  static Part requests(ExecdServer server, Routes routes, Duration graceful) {
    return new Steps(
        "requests",
        () -> server.open(routes.resources(), routes.direct()),
        () -> server.drain(graceful));
  }
}
