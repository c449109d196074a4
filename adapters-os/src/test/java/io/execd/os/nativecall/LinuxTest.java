package io.execd.os.nativecall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.command.Identity;
import io.execd.os.nativecall.SpawnOutcome.Spawned;
import io.execd.os.nativecall.SpawnRequest.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinuxTest {
  private static final int PR_GET_DUMPABLE = 3;

  private final Linux linux = Linux.load();

  @Test
  void staysDumpableAfterAChildHasTakenAnotherUser() {
    spawnAsSomebodyElse();

    assertThat(linux.call(SystemCall.PRCTL, PR_GET_DUMPABLE)).isEqualTo(1);
  }

  private void spawnAsSomebodyElse() {
    Identity somebody = new Identity(54321, 54321, List.of());
    SpawnRequest request =
        new SpawnRequest(
            List.of("/nowhere", "/bin/true"),
            List.of("true"),
            List.of(),
            Optional.empty(),
            Optional.of(somebody),
            new Descriptors(0, 1, 2, Descriptors.NONE));
    if (linux.spawn(request) instanceof Spawned child) {
      linux.reap(child.descriptor());
      linux.close(child.descriptor());
    }
  }

  @Test
  void leavesTheSignalMaskOfTheCallerAsItWas() throws IOException {
    String before = mask();
    spawnAsSomebodyElse();

    assertThat(mask()).isEqualTo(before);
  }

  private static String mask() throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
        .filter(line -> line.startsWith("SigBlk"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesTheErrorOfACallThatFails() {
    assertThatThrownBy(() -> linux.open("/nowhere", Linux.READ_ONLY))
        .isInstanceOf(ErrnoException.class)
        .hasMessage("open /nowhere: no such file or directory")
        .extracting(failure -> ((ErrnoException) failure).error())
        .isEqualTo(Errno.ENOENT.error());
  }
}
