package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.command.Program;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The launcher over ProcessBuilder keeps the contract, and is honest about the rest. */
class PortableLauncherTest extends RealLauncherContract {
  @Override
  MachineLauncher create() {
    return new PortableLauncher(ProgramResolver.ofDaemon());
  }

  @Test
  void refusesAnotherUser() {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script("id"),
            ENVIRONMENT,
            Optional.empty(),
            Optional.of(identity(54321, 54321)));

    Refused refused = refused(spec);
    assertThat(refused.stage()).isEqualTo(LaunchStage.IDENTITY);
    assertThat(refused.reason()).isEqualTo("run as 54321:54321: not supported on this platform");
  }
}
