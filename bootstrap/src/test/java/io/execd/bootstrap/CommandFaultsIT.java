package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in the life of a daemon, done to the packaged one. */
class CommandFaultsIT {
  private static final String FLOOD =
      "while :; do echo 0123456789012345678901234567890123456789; done";

  @TempDir private Path folder;
  private RunningDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new RunningDaemon(folder);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void aThousandShortCommandsOfTenClientsAllHaveTheirOutputAndCode() throws Exception {
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int client = 0; client < 10; client++) {
      int base = client * 100;
      clients.add(() -> goodAnswers(base, 100));
    }
    assertThat(all(clients)).containsOnly(100);
  }

  private int goodAnswers(int base, int count) throws Exception {
    int good = 0;
    for (int i = base; i < base + count; i++) {
      String stream = daemon.run("echo out-" + i + "; exit " + i % 3);
      String end = i % 3 == 0 ? "execution_complete" : "\"evalue\":\"" + i % 3 + "\"";
      good += stream.contains("\"text\":\"out-" + i + "\"") && stream.contains(end) ? 1 : 0;
    }
    return good;
  }

  @Test
  void commandsCancelledAtRandomLeaveNothingBehind() throws Exception {
    daemon.run("true");
    assertThat(daemon.interrupt(daemon.start("sleep 100"))).isEqualTo(200);
    long descriptors = daemon.descriptorsAtRest();
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int client = 0; client < 5; client++) {
      Random random = new Random(client);
      clients.add(() -> cancelAtRandom(random, 100));
    }
    assertThat(all(clients)).containsOnly(100);
    RunningDaemon.await("no child is left", () -> daemon.children() == 0);
    RunningDaemon.await("every descriptor is given back", () -> openDescriptors() <= descriptors);
    assertThat(daemon.run("echo alive")).contains("alive");
  }

  /** Half of them by id, half by leaving. */
  private int cancelAtRandom(Random random, int count) throws Exception {
    int cancelled = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        String id = daemon.start("sleep 100 & sleep 100");
        cancelled += daemon.interrupt(id) == 200 ? 1 : 0;
        RunningDaemon.await(id + " is over", () -> status(id).contains("\"signal\":\"SIGTERM\""));
      } else {
        daemon.open("sleep 100 & sleep 100").close();
        cancelled++;
      }
    }
    return cancelled;
  }

  @Test
  void aFloodThatNobodyReadsCostsNoMemoryAndDiesWithItsClient() throws Exception {
    daemon.run("true");
    long before = daemon.residentKib();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(daemon.open(FLOOD));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(daemon.run("echo fine")).contains("fine");
    }
    assertThat(daemon.residentKib() - before).isLessThan(60 * 1024);
    for (Socket client : clients) {
      client.close();
    }
    RunningDaemon.await("the floods are dead", () -> daemon.children() == 0);
  }

  @Test
  void manyEndlessLinesThatNobodyReadsHarmNobodyElse() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      clients.add(daemon.open("exec cat /dev/zero"));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(daemon.run("echo fine")).contains("fine");
    }
    for (Socket client : clients) {
      client.close();
    }
    RunningDaemon.await("they are dead", () -> daemon.children() == 0);
    assertThat(daemon.log()).doesNotContain("OutOfMemoryError");
  }

  @Test
  void aTerminatedDaemonEndsItsCommandsAndTellsTheirClients() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(daemon.open("sleep 100"));
    }
    List<ProcessHandle> children = daemon.process().descendants().toList();
    assertThat(daemon.terminate()).isZero();
    for (Socket client : clients) {
      assertThat(RunningDaemon.reader(client).lines().toList().toString()).contains("INTERRUPTED");
      client.close();
    }
    assertThat(children).hasSizeGreaterThanOrEqualTo(20).noneMatch(CommandFaultsIT::runs);
  }

  @Test
  void aChildThatIgnoresTheInterruptIsKilled() throws Exception {
    String id = daemon.start("trap '' TERM; while :; do sleep 1; done");
    assertThat(daemon.interrupt(id)).isEqualTo(200);
    RunningDaemon.await("it is killed", () -> status(id).contains("\"signal\":\"SIGKILL\""));
    RunningDaemon.await("its children too", () -> daemon.children() == 0);
  }

  @Test
  void theAccessTokenIsNotInACommandsEnvironmentAndNoDescriptorIs() throws Exception {
    assertThat(daemon.run("env | grep -c ACCESS_TOKEN; ls /proc/self/fd | wc -w"))
        .contains("\"text\":\"0\"")
        .contains("\"text\":\"4\"");
  }

  private String status(String id) {
    try {
      return daemon.status(id);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private long openDescriptors() {
    try {
      return daemon.descriptors();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A zombie of a daemon that is gone runs no more. */
  private static boolean runs(ProcessHandle child) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(child.pid()), "stat"));
      return !stat.contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }

  private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
