package io.execd.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of a thread that serves all clients ends the process; one of a request does not. */
class ForcedExitTest {
  private record Ended(int code, List<String> lines) {}

  /** A process of its own, since it ends. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] words) throws InterruptedException {
      ForcedExit exit = ForcedExit.install();
      switch (words[0]) {
        case "heap" -> Thread.ofPlatform().name("selector").start(Victim::fillHeap).join();
        case "error" -> Thread.ofPlatform().name("selector").start(Victim::fail).join();
        case "request" -> Thread.ofVirtual().name("request").start(Victim::fail).join();
        default -> exit.within(Duration.ofMillis(1), 7);
      }
      Thread.sleep(words[0].equals("request") ? 0 : 60_000);
    }

    private static void fail() {
      throw new OutOfMemoryError("made up");
    }

    private static void fillHeap() {
      Object[] all = {};
      while (true) {
        all = new Object[] {all, new byte[1024]};
      }
    }
  }

  private static Ended run(String word) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-Xmx16m", "-cp", classes, Victim.class.getName(), word)
            .redirectErrorStream(true)
            .start();
    try {
      byte[] out = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Ended(
          process.exitValue(), new String(out, StandardCharsets.UTF_8).lines().toList());
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "heap"})
  void anErrorOfAPlatformThreadEndsTheProcessWithOneLineAndCode1(String word) throws Exception {
    Ended ended = run(word);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.lines()).singleElement().asString().startsWith("execd: ends itself");
  }

  @Test
  void anErrorOfAVirtualThreadIsOnlyLogged() throws Exception {
    Ended ended = run("request");
    assertThat(ended.code()).isZero();
    assertThat(ended.lines()).anyMatch(line -> line.contains("made up"));
  }

  @Test
  void aStopThatTakesTooLongIsCutShortWithItsCode() throws Exception {
    assertThat(run("stop").code()).isEqualTo(7);
  }
}
