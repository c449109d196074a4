package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.os.file.FileAccesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonEnvironmentTest {
  private static Map<String, String> read(Path file) {
    return new DaemonEnvironment(
            () ->
                Map.of(
                    "EXECD_ENVS", file.toString(),
                    "EXECD_ACCESS_TOKEN", "secret",
                    "HOME", "/root"),
            FileAccesses.forThisMachine())
        .read();
  }

  private static String value(Path folder, String line) throws IOException {
    Path file = Files.writeString(folder.resolve("envs"), "A=first\n" + line + "\n");
    return read(file).getOrDefault("K", "none");
  }

  @Test
  void leavesOutTheAccessTokenAndKeepsTheRest(@TempDir Path folder) {
    assertThat(read(folder.resolve("missing")))
        .containsOnlyKeys("EXECD_ENVS", "HOME")
        .containsEntry("HOME", "/root");
  }

  /** Java's own names are text of the locale, which may have ASCII only. */
  @Test
  void findsNamesThatAreNoTextOfTheLocale(@TempDir Path folder) throws Exception {
    String script = "mkdir $'\\xc3\\xa9$REL' $'caf\\xe9$REL'";
    Process bash = new ProcessBuilder("bash", "-c", script).directory(folder.toFile()).start();
    assertThat(bash.waitFor()).isZero();
    DaemonEnvironment environment = new DaemonEnvironment(FileAccesses.forThisMachine());
    assertThat(environment.exists(folder + "/\u00e9$REL")).isTrue();
    assertThat(environment.exists(folder + "/caf\\xE9$REL")).isTrue();
    assertThat(environment.exists(folder + "/caf$REL")).isFalse();
    assertThat(environment.exists("/\0")).isFalse();
    assertThat(environment.exists("target")).isTrue();
  }

  @Test
  void expandsPlainValuesOnly(@TempDir Path folder) throws IOException {
    assertThat(value(folder, "K=$HOME/${A}:$NOWHERE.")).isEqualTo("/root/first:.");
    assertThat(value(folder, "K='$HOME \\n'")).isEqualTo("$HOME \\n");
    assertThat(value(folder, "K=\"$HOME \\\\ \\\" \\n \\r \\t \\x\""))
        .isEqualTo("$HOME \\ \" \n \r \t \\x");
    assertThat(value(folder, "K=$EXECD_ACCESS_TOKEN")).isEmpty();
  }

  @Test
  void takesLinesAsPeopleWriteThem(@TempDir Path folder) throws IOException {
    assertThat(value(folder, "K=a=b # no comment\r")).isEqualTo("a=b # no comment");
    assertThat(value(folder, "  export K=v  ")).isEqualTo("v");
    assertThat(value(folder, "K=")).isEmpty();
    assertThat(value(folder, "K=\"open")).isEqualTo("\"open");
    assertThat(value(folder, "# K=v\n\n")).isEqualTo("none");
    assertThat(value(folder, "K=pa$$ $1")).isEqualTo("pa$$ $1");
  }

  @Test
  void aBadLineDoesNotBreakTheOthers(@TempDir Path folder) throws IOException {
    assertThat(value(folder, "no assignment\n=v\n1K=v\nK=good")).isEqualTo("good");
  }

  @Test
  void readsTheFileAnewEachTime(@TempDir Path folder) throws IOException {
    assertThat(value(folder, "K=one")).isEqualTo("one");
    assertThat(value(folder, "K=two")).isEqualTo("two");
  }

  @Test
  void aFileThatCannotBeReadIsAFailureThatNamesIt(@TempDir Path folder) {
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("EXECD_ENVS: cannot read " + folder);
  }

  @Test
  void startsFromTheEnvironmentOfThisProcess() {
    assertThat(new DaemonEnvironment(FileAccesses.forThisMachine()).read())
        .containsEntry("PATH", System.getenv("PATH"));
  }
}
