package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfMemoryKillsTest {

  @Test
  void eachKillExplainsOneDeath(@TempDir Path folder) throws IOException {
    Path events = Files.writeString(folder.resolve("memory.events"), "oom 4\noom_kill 3\n");
    OutOfMemoryKills kills = new OutOfMemoryKills(List.of(folder.resolve("missing"), events));
    long sample = kills.sample();
    assertThat(kills.explains(sample)).isFalse();

    Files.writeString(events, "oom 4\noom_kill 5\n");
    assertThat(kills.explains(sample)).isTrue();
    assertThat(kills.explains(sample)).isTrue();
    assertThat(kills.explains(sample)).isFalse();
  }

  @Test
  void aKillBeforeTheStartExplainsNothing(@TempDir Path folder) throws IOException {
    Path events = Files.writeString(folder.resolve("memory.events"), "oom 4\noom_kill 3\n");
    OutOfMemoryKills kills = new OutOfMemoryKills(List.of(events));

    assertThat(kills.explains(kills.sample())).isFalse();
  }

  @Test
  void knowsBothKindsOfControlGroups(@TempDir Path folder) throws IOException {
    Path membership =
        Files.writeString(folder.resolve("cgroup"), "9:cpu:/x\n4:cpu,memory:/a/b\n0::/c\n");
    Path root = Path.of("/cg");

    assertThat(OutOfMemoryKills.counters(membership, root))
        .containsExactly(
            root.resolve("memory/a/b/memory.oom_control"),
            root.resolve("memory/memory.oom_control"),
            root.resolve("c/memory.events"),
            root.resolve("memory.events"));
  }
}
