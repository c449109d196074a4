package io.execd.jupyter.server;

import com.sun.net.httpserver.HttpServer;
import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessLauncher;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.command.Program;
import io.execd.domain.command.RunningProcess;
import io.execd.domain.stream.OutputSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts programs that say what a Jupyter server says when it is asked how it is. */
final class FakeJupyter implements ProcessLauncher {
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  private volatile String lastWords = "";

  /** One life of the program. */
  static final class Run implements RunningProcess {
    final LaunchSpec spec;

    /** Read at the start, as Jupyter does: the file is gone when it runs. */
    final String token;

    final String tokenPermissions;
    private final ProcessObserver observer;
    private final HttpServer server;
    private final AtomicBoolean over = new AtomicBoolean();

    Run(LaunchSpec spec, ProcessObserver observer) throws IOException {
      this.spec = spec;
      this.observer = observer;
      String folders = spec.environment().getOrDefault("JUPYTER_CONFIG_PATH", "");
      Path file = Path.of(folders.split(":", -1)[0], "token");
      token = Files.readString(file);
      tokenPermissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port(spec)), 50);
      server.createContext(
          "/api/status",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }

    private static int port(LaunchSpec spec) {
      return ((Program.Argv) spec.program())
          .words().stream()
              .filter(word -> word.startsWith("--ServerApp.port="))
              .mapToInt(word -> Integer.parseInt(word.split("=", 2)[1]))
              .findFirst()
              .orElseThrow();
    }

    /** It ends by itself. */
    void exit(ExitStatus status) {
      if (over.compareAndSet(false, true)) {
        server.stop(0);
        observer.exited(status);
      }
    }

    boolean isOver() {
      return over.get();
    }

    @Override
    public void terminate(Duration grace) {
      exit(new ExitStatus.Signaled(15, false, false));
    }

    @Override
    public void kill() {
      exit(new ExitStatus.Signaled(9, false, false));
    }

    @Override
    public void resumeOutput() {
      throw new UnsupportedOperationException("it is never held back");
    }
  }

  /** From now on it says this and ends, before it answers anybody. */
  void fail(String words) {
    lastWords = words;
  }

  /** What was started, the oldest first. */
  List<Run> runs() {
    return runs;
  }

  @Override
  public LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
    try {
      Run run = new Run(spec, observer);
      if (!lastWords.isEmpty()) {
        observer.output(OutputSource.STDERR, lastWords.getBytes(StandardCharsets.UTF_8));
        run.exit(new ExitStatus.Exited(3));
      }
      runs.add(run);
      return new LaunchResult.Launched(run, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
