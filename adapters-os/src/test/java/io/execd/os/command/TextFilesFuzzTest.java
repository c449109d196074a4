package io.execd.os.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.Fuzz;
import io.execd.os.file.FileAccesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesFuzzTest {
  private static final String ANNA = "anna:x:1000:1001:Anna,,,:/home/anna:/bin/sh\n";

  @Test
  void anEnvironmentFileNeverFails(@TempDir Path folder) {
    Path file = folder.resolve("envs");
    DaemonEnvironment environment =
        new DaemonEnvironment(
            () -> Map.of("EXECD_ENVS", file.toString()), FileAccesses.forThisMachine());
    Fuzz.rounds(
        1500,
        fuzz -> {
          String line =
              fuzz.mutant("export A='x y'", "A=\"a\\n\\\\\\\"b\"", "A=${B}$C.$", "# note", "A=");
          Files.write(file, (line + "\nLAST=1\n").getBytes(ISO_8859_1));
          assertThat(environment.read()).containsEntry("LAST", "1");
        });
  }

  @Test
  void aQuotedValueIsWhatItsQuotesHold() {
    Fuzz.rounds(
        5000,
        fuzz -> {
          String text = fuzz.mutant("x y", "$HOME", "a\u2028b").replaceAll("[\"'\\\\\0]", "");
          assertThat(value("K='" + text + "'")).isEqualTo(text);
          assertThat(value("K=\"" + text + "\"")).isEqualTo(text);
          assertThat(value("K=\"\\\\" + text + "\\\"\"")).isEqualTo("\\" + text + "\"");
        });
  }

  private static String value(String line) {
    return EnvsLine.parse(line).orElseThrow().value(Map.of());
  }

  @Test
  void aBadLineHidesNoOtherAccount(@TempDir Path folder) {
    Path passwd = folder.resolve("passwd");
    Path group = folder.resolve("group");
    Fuzz.rounds(
        1000,
        fuzz -> {
          String line =
              fuzz.mutant("bob:x:7:8:B:/home/bob:/bin/sh", "broken:x:abc:7", "# note", ":::");
          Files.write(passwd, (line + "\n" + ANNA).getBytes(ISO_8859_1));
          Files.write(group, (line + "\nvideo:x:44:root,anna\n").getBytes(ISO_8859_1));
          assertThat(new FileAccounts(passwd, group).find(1000))
              .hasValueSatisfying(account -> assertThat(account.groups()).contains(44L));
        });
  }

  @Test
  void oneByteThatIsNoUtf8HidesNoAccount(@TempDir Path folder) throws IOException {
    Path passwd = folder.resolve("passwd");
    Files.write(passwd, ("bob:x:7:8:J\u00fcrgen:/:/bin/sh\n" + ANNA).getBytes(ISO_8859_1));
    assertThat(new FileAccounts(passwd, folder.resolve("group")).find(1000)).isPresent();
  }

  @Test
  void linesThatDoubleTheOneBeforeDoNotFillTheMemory(@TempDir Path folder) throws IOException {
    StringBuilder lines = new StringBuilder("A=xx\n");
    lines.repeat("A=$A$A\n", 25);
    Path file = Files.writeString(folder.resolve("envs"), lines.append("LAST=1\n"));
    Map<String, String> read =
        new DaemonEnvironment(
                () -> Map.of("EXECD_ENVS", file.toString()), FileAccesses.forThisMachine())
            .read();
    assertThat(read).containsEntry("LAST", "1");
    assertThat(read.get("A")).hasSizeLessThanOrEqualTo(128 * 1024);
  }
}
