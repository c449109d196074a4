package io.execd.os.command;

import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessLauncher;
import io.execd.domain.command.ProcessObserver;
import io.execd.domain.command.Program;
import io.execd.domain.stream.OutputSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An empty command, and the wait for its end. */
final class WarmUp implements ProcessObserver {
  private static final LaunchSpec NOTHING =
      new LaunchSpec(new Program.Script(":"), Map.of(), Optional.empty(), Optional.empty());

  private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();

  private WarmUp() {}

  static void run(ProcessLauncher launcher) {
    WarmUp observer = new WarmUp();
    if (launcher.launch(NOTHING, OutputRoute.OBSERVER, observer) instanceof LaunchResult.Launched) {
      observer.end.join();
    }
  }

  @Override
  public int room() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void output(OutputSource source, byte[] bytes) {
    // An empty command says nothing; were it to, nobody would want to know.
  }

  @Override
  public void exited(ExitStatus status) {
    end.complete(status);
  }
}
