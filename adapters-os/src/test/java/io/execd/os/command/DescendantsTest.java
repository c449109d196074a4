package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.Program;
import io.execd.domain.command.RecordingObserver;
import io.execd.domain.command.RunningProcess;
import io.execd.os.nativecall.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of processes that left the group of their command, and their parents. */
@Timeout(120)
class DescendantsTest {
  private static final String PARENT_LIVES = "setsid sh -c 'echo $$; exec sleep 1000' & wait";
  private static final String ORPHAN = "(setsid sh -c 'echo $$; exec sleep 1000' &); sleep 1000";
  private static final String TWICE =
      "(setsid sh -c '(setsid sh -c \"echo \\$\\$; exec sleep 1000\" &)' &); sleep 1000";
  private static final String OTHER_GROUP =
      "set -m; (sh -c 'echo $$; exec sleep 1000' &); sleep 1000";
  private static final String GRANDCHILD =
      "(setsid sh -c 'env -i PATH=$PATH setsid sh -c \"echo \\$\\$; exec sleep 1000\" & wait' &)"
          + "; sleep 1000";

  private MachineLauncher launcher = Launchers.forThisMachine(() -> {});

  @BeforeEach
  void open() throws IOException {
    Linux linux = Linux.load();
    launcher = new LinuxLauncher(linux, linux::spawn, ProgramResolver.ofDaemon());
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  private RunningProcess start(String script, RecordingObserver observer) {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script(script),
            Map.of("PATH", "/usr/bin:/bin"),
            Optional.empty(),
            Optional.empty());
    return ((Launched) launcher.launch(spec, OutputRoute.OBSERVER, observer)).process();
  }

  private static int pid(RecordingObserver observer) {
    observer.awaitText("\n");
    return Integer.parseInt(observer.text().strip());
  }

  private static boolean gone(int pid) {
    return ProcessTable.row(pid).isEmpty();
  }

  private static void awaitGone(int pid) {
    while (!gone(pid)) {
      Thread.onSpinWait(); // the end of another's child tells nobody
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PARENT_LIVES, ORPHAN, TWICE, OTHER_GROUP, GRANDCHILD})
  void goWithACommandThatIsKilled(String script) {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script, observer);
    int left = pid(observer);
    process.kill();
    observer.status();

    awaitGone(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {PARENT_LIVES, ORPHAN, TWICE, OTHER_GROUP, GRANDCHILD})
  void goWithACommandThatIsAskedToEnd(String script) {
    RecordingObserver observer = new RecordingObserver();
    RunningProcess process = start(script, observer);
    int left = pid(observer);
    process.terminate(Duration.ofMillis(20));
    observer.status();

    awaitGone(left);
  }

  @Test
  void manyThatForkAllTheTimeAreAllKilled(@TempDir Path folder) throws IOException {
    Path count = Files.createFile(folder.resolve("count"));
    Path again =
        Files.writeString(
            folder.resolve("again"),
            "trap '' TERM\necho >> %s\nsetsid sh %s &\nsleep 0.01\nexec sleep 1000\n"
                .formatted(count, folder.resolve("again")));
    RecordingObserver observer = new RecordingObserver();
    String enough = "while [ $(wc -l < " + count + ") -lt 50 ]; do :; done; echo many; sleep 1000";
    RunningProcess process = start("(setsid sh " + again + " &); " + enough, observer);
    observer.awaitText("many");
    process.kill();
    observer.status();
    long size = Files.size(count);
    RecordingObserver pause = new RecordingObserver();
    start("sleep 0.3", pause);
    pause.status();

    assertThat(count).hasSize(size);
  }

  @Test
  void stayWhenTheirCommandHasEndedByItselfAndAnotherIsKilled() {
    RecordingObserver first = new RecordingObserver();
    start("echo $( (setsid sh -c 'echo $$; exec sleep 1000 > /dev/null' &) )", first);
    int stays = pid(first);
    first.status();
    RecordingObserver second = new RecordingObserver();
    RunningProcess process = start(ORPHAN, second);
    int goes = pid(second);
    process.kill();
    second.status();
    awaitGone(goes);

    assertThat(gone(stays)).isFalse();
    ProcessHandle.of(stays).orElseThrow().destroyForcibly();
    awaitGone(stays);
  }

  @Test
  void orphansAreReapedWhileOthersAreStarted() {
    List<Integer> orphans =
        IntStream.range(0, 50)
            .mapToObj(_ -> {
              RecordingObserver observer = new RecordingObserver();
              start("echo $( (setsid sh -c 'echo $$' &) )", observer);
              int orphan = pid(observer);
              observer.status();
              return orphan;
            })
            .toList();

    orphans.forEach(DescendantsTest::awaitGone);
  }
}
