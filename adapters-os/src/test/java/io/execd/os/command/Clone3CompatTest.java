package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Clone3CompatTest {
  private static String probe(String mode) throws IOException {
    return ProbeProgram.output(Clone3CompatProbe.class, Map.of(), mode, "two words", "");
  }

  @Test
  void hidesClone3FromItselfAndItsCommands() throws IOException {
    assertThat(probe("on")).isEqualTo("start on two words \nhidden true\nNoNewPrivs:\t1\n5\n");
  }

  @Test
  void startsItselfAgainOnceUnderTheFilter() throws IOException {
    String start = "start reexec two words \n";
    assertThat(probe("reexec")).isEqualTo(start + start + "hidden true\nNoNewPrivs:\t1\n5\n");
  }
}
