package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrphanReaperTest {
  @Test
  void reapsEveryOrphanAndNoChildOfAnother() throws IOException {
    assertThat(ProbeProgram.output(OrphanReaperProbe.class, Map.of(), "run"))
        .isEqualTo(
            """
            wrong codes of builders: 0
            orphans: 500
            zombies: false
            lingering leader is kept: true
            child of a thread: Death[signaled=false, status=7, coreDumped=false]
            """);
  }

  @Test
  void theJvmTellsWhatItWaitsFor() throws Exception {
    Process cat = new ProcessBuilder("cat").start();
    while (!JvmWaiters.pids().contains((int) cat.pid())) {
      Thread.onSpinWait(); // its thread starts in its own time
    }
    cat.getOutputStream().close();

    assertThat(cat.waitFor()).isZero();
  }
}
