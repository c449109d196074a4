package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.os.nativecall.Linux;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrphanReaperTest {
  private static String probe(String word) throws IOException {
    return ProbeProgram.output(OrphanReaperProbe.class, Map.of(), word);
  }

  private static String seen(boolean zombies) {
    return """
    wrong codes of builders: 0
    orphans: 500
    zombies: %b
    lingering leader is kept: true
    child of a thread: Death[signaled=false, status=7, coreDumped=false]
    """
        .formatted(zombies);
  }

  @Test
  void reapsEveryOrphanAndNoChildOfAnother() throws IOException {
    assertThat(probe("adopting")).isEqualTo(seen(false));
  }

  @Test
  void withoutItTheyStay() throws IOException {
    assertThat(probe("early")).isEqualTo(seen(true));
  }

  @Test
  void isForTheOneThatAdoptsOnly() {
    assertThat(Linux.load().adoptsOrphans()).isFalse();
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
