package io.execd.bootstrap;

import io.execd.bootstrap.lifecycle.ForcedExit;
import io.execd.bootstrap.lifecycle.Lifecycle;
import io.execd.bootstrap.logging.Logging;
import io.execd.bootstrap.settings.JupyterMode;
import io.execd.bootstrap.settings.Secret;
import io.execd.bootstrap.settings.Settings;
import io.execd.bootstrap.wiring.Wiring;
import io.execd.domain.Failure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The daemon from its settings to its exit code. */
final class Daemon {
  /** Blocks while the daemon runs; is told the port that is bound. */
  interface UntilTheEnd {
    void await(int port) throws Exception;
  }

  /** Commands have 3 s to end after a signal, their clients 1 s to read so, the log 1 s. */
  private static final Duration STOP_TIME = Duration.ofSeconds(5);

  /** Before them contexts are closed, and after them a Jupyter server of ours has 3 s to end. */
  private static final Duration JUPYTER_TIME = Duration.ofSeconds(3);

  private final Settings settings;
  private final UntilTheEnd end;
  private final ForcedExit exit;

  /** What the shutdown hook ends with; set before the hook can run on account of a failure. */
  private volatile int exitCode;

  private volatile boolean stopping;

  /** Null until all is built, and nothing but the server runs. */
  private volatile @Nullable Lifecycle lifecycle;

  Daemon(Settings settings, UntilTheEnd end, ForcedExit exit) {
    this.exit = exit;
    this.settings = settings;
    this.end = end;
  }

  /**
   * Starts, and blocks until the end; a signal ends the process with 0 meanwhile. Returns an exit
   * code: not 0 when it could not start, and why is then on stderr.
   */
  int run(List<String> warnings) {
    try {
      Logging.configure(settings.log(), secrets());
    } catch (IOException e) {
      return complain("EXECD_LOG_FILE: cannot be written: " + e.getMessage(), 2);
    }
    System.Logger log = System.getLogger(Daemon.class.getName());
    warnings.forEach(warning -> log.log(Level.WARNING, warning));
    return runLogged(log);
  }

  private List<Secret> secrets() {
    return List.of(settings.server().accessToken(), settings.jupyter().token());
  }

  private int runLogged(System.Logger log) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(log), "stop"));
      Wiring wired = Wiring.of(settings);
      lifecycle = wired.lifecycle();
      wired.lifecycle().start();
      int port = wired.port().getAsInt();
      if (!stopping) {
        log.log(Level.INFO, "ready on port " + port);
      }
      end.await(port);
      return 0;
    } catch (Exception e) {
      return complain(why(e, log), 1);
    }
  }

  /** The JVM's own answer to SIGTERM is 143; a daemon that has ended in order ends with 0. */
  private void end(System.Logger log) {
    stopping = true;
    exit.within(settings.server().gracefulShutdown().plus(stopTime()), exitCode);
    Level level = exitCode == 0 ? Level.INFO : Level.DEBUG; // it says one line when it cannot start
    log.log(level, "stopping");
    Lifecycle built = lifecycle;
    if (built != null) {
      built.stop();
    }
    log.log(level, "stopped");
    Logging.flush();
    Runtime.getRuntime().halt(exitCode);
  }

  private Duration stopTime() {
    Settings.Jupyter jupyter = settings.jupyter();
    boolean used = jupyter.mode() != JupyterMode.EXTERNAL || jupyter.host().isPresent();
    return used ? STOP_TIME.plus(JUPYTER_TIME) : STOP_TIME;
  }

  private int complain(String line, int code) {
    exitCode = code;
    exit.within(stopTime(), code); // stderr may be a pipe that is not read
    System.err.println("execd: " + line);
    return code;
  }

  /** One line; what nobody foresaw is logged with its stack as well. */
  private String why(Exception failure, System.Logger log) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof BindException) {
        return "--port: cannot listen on " + settings.server().port() + ": " + e.getMessage();
      } else if (e instanceof Failure) {
        return String.valueOf(e.getMessage());
      }
    }
    log.log(Level.ERROR, "cannot start", failure);
    return "cannot start: " + failure;
  }
}
