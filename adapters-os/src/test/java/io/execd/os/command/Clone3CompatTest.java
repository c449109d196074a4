package io.execd.os.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SystemCallFilter;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Clone3CompatTest {
  private static String probe(String value) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "--enable-native-access=ALL-UNNAMED",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Clone3CompatProbe.class.getName(),
            "two words",
            "");
    java.redirectErrorStream(true).environment().put("EXECD_CLONE3_COMPAT", value);
    return new String(java.start().getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void doesNothingUnlessAsked() throws IOException {
    boolean hidden = SystemCallFilter.clone3IsHidden(Linux.load());

    assertThat(probe("off")).startsWith("start two words \nhidden " + hidden).endsWith("\n5\n");
  }

  @Test
  void hidesClone3FromItselfAndItsCommands() throws IOException {
    assertThat(probe("on")).isEqualTo("start two words \nhidden true\nNoNewPrivs:\t1\n5\n");
  }

  @Test
  void startsItselfAgainOnceUnderTheFilter() throws IOException {
    String start = "start two words \n";
    assertThat(probe("reexec")).isEqualTo(start + start + "hidden true\nNoNewPrivs:\t1\n5\n");
  }

  @Test
  void refusesAnythingElseInOneLine() throws IOException {
    assertThat(probe("maybe"))
        .isEqualTo(
            "start two words \nEXECD_CLONE3_COMPAT: must be 1, true, yes, on, reexec, 0, false,"
                + " off or no, not maybe\n");
  }
}
