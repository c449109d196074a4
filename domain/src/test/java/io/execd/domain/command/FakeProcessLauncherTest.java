package io.execd.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.stream.OutputSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract, and does as a test tells it. */
class FakeProcessLauncherTest extends ProcessLauncherContract {
  private final FakeProcessLauncher launcher = new FakeProcessLauncher();

  @Override
  protected ProcessLauncher launcher() {
    return new ImpatientLauncher(launcher);
  }

  /** Grace times are over at once, as no test could wait for them otherwise. */
  private record ImpatientLauncher(FakeProcessLauncher launcher) implements ProcessLauncher {
    @Override
    public LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
      LaunchResult result = launcher.launch(spec, route, observer);
      return result instanceof LaunchResult.Launched(RunningProcess process, var log)
          ? new LaunchResult.Launched(new ImpatientProcess(process, launcher.last()), log)
          : result;
    }
  }

  private record ImpatientProcess(RunningProcess real, FakeProcess fake) implements RunningProcess {
    @Override
    public void terminate(Duration grace) {
      real.terminate(grace);
      fake.graceIsOver();
    }

    @Override
    public void kill() {
      real.kill();
    }

    @Override
    public void resumeOutput() {
      real.resumeOutput();
    }
  }

  @Test
  void anUnknownProgramWaitsForTheTest() {
    RecordingObserver observer = new RecordingObserver();
    launcher.launch(script("python3 train.py"), OutputRoute.OBSERVER, observer);
    FakeProcess process = launcher.last();
    process.emit(OutputSource.STDOUT, "epoch 1\n");
    process.exit(new Exited(4));

    assertThat(observer.text()).isEqualTo("epoch 1\n");
    assertThat(observer.status()).isEqualTo(new Exited(4));
  }

  @Test
  void recordsTerminations() {
    launcher.launch(script("trap '' TERM; sleep 9"), OutputRoute.OBSERVER, new RecordingObserver());
    FakeProcess process = launcher.last();
    process.terminate(Duration.ofSeconds(3));

    assertThat(process.terminations()).containsExactly(Duration.ofSeconds(3));
    assertThat(process.running()).isTrue();
  }
}
