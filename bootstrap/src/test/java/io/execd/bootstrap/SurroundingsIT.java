package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged daemon makes of what it was started with, and what of that others see. */
class SurroundingsIT {
  @TempDir private Path folder;
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = Packaged.freePort();
  }

  /** Runs the executable at the end of a shell script, with a token. */
  private Packaged start(String script, Map<String, String> environment) throws Exception {
    Path file = folder.resolve("start.sh");
    Files.writeString(file, "#!/bin/sh\n" + script + "exec " + Packaged.EXECUTABLE + " \"$@\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> all = new HashMap<>(environment);
    all.put("EXECD_CLASS_ARCHIVE", "off");
    Packaged run = Packaged.executable(file, folder, all, "--port=" + port);
    try {
      run.awaitPing(port);
      return run;
    } catch (Exception | AssertionError e) {
      run.close();
      throw e;
    }
  }

  private String post(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/command"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private String run(String command) throws Exception {
    return post("{\"command\":\"" + command + "\"}");
  }

  private static String read(Packaged run, String file) throws IOException {
    Path path = Path.of("/proc", "" + run.process().pid(), file);
    return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
  }

  @Test
  void childrenGetTheLimitsAndSignalsThatTheDaemonWasGiven() throws Exception {
    try (Packaged run = start("ulimit -Sn 300\ntrap '' INT PIPE\numask 027\n", Map.of())) {
      assertThat(run("ulimit -Sn; umask; grep SigIgn /proc/self/status"))
          .contains("\"text\":\"300\"", "\"text\":\"0027\"", "0000000000001002\"");
      assertThat(run.terminate()).isZero();
    }
  }

  @Test
  void theStartScriptsVariablesStayItsOwn() throws Exception {
    Map<String, String> given =
        Map.of("version", "1.2", "key", "k", "flags", "f", "OLDPWD", "/tmp", "SHLVL", "3");
    try (Packaged run = start("", given)) {
      assertThat(post("{\"argv\":[\"env\"],\"cwd\":\"/usr\"}"))
          .contains("\"version=1.2\"", "\"key=k\"", "\"flags=f\"", "\"PWD=/usr\"")
          .doesNotContain("OLDPWD", "SHLVL", "execd_");
      assertThat(run.terminate()).isZero();
    }
  }

  @Test
  void childrenAreKilledForMemoryBeforeTheDaemon() throws Exception {
    try (Packaged run = start("", Map.of())) {
      long own = Long.parseLong(read(run, "oom_score_adj").strip());
      long most = Math.min(1000, own + 500);

      assertThat(run("cat /proc/self/oom_score_adj")).contains("\"text\":\"" + most + "\"");
      assertThat(run.terminate()).isZero();
    }
  }

  @Test
  void secretsAreNeitherInheritedNorToBeReadOfTheDaemon() throws Exception {
    Map<String, String> secrets =
        Map.of("JUPYTER_TOKEN", "hush-1", "EXECD_ISOLATION_CONFIG", "hush-2", "OTHER", "seen");
    String flag = "set -- --jupyter-token=hush-3 --jupyter-host http://127.0.0.1:9 \"$@\"\n";
    try (Packaged run = start(flag, secrets)) {
      assertThat(run("env")).contains("OTHER=seen").doesNotContain("hush");
      assertThat(read(run, "cmdline")).contains("--jupyter-token=******").doesNotContain("hush");
      assertThat(read(run, "environ")).contains("OTHER=seen").doesNotContain("hush");
      assertThat(post("{\"command\":\"pwd\",\"cwd\":\"$JUPYTER_TOKEN/x\"}"))
          .contains("JUPYTER_TOKEN is not defined")
          .doesNotContain("hush");
      assertThat(post("{\"command\":\"pwd\",\"cwd\":\"/$JUPYTER_TOKEN\"}"))
          .contains("/$JUPYTER_TOKEN: no such file or directory")
          .doesNotContain("hush");
      assertThat(run.terminate()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "USR1"})
  void aSignalOpensTheLogFileAnew(String signal) throws Exception {
    Path log = folder.resolve("execd.log");
    try (Packaged run = start("", Map.of("EXECD_LOG_FILE", log.toString()))) {
      run("true"); // the handlers are there with the first command
      Files.move(log, folder.resolve("moved.log"));
      send(run, signal);
      RunningDaemon.await("the log is there again", () -> Files.exists(log));
      assertThat(run.terminate()).isZero();
      assertThat(Files.readString(log)).endsWith(" stopped\n");
    }
  }

  @Test
  void signalsThatMeanNothingDoNotEndIt() throws Exception {
    try (Packaged run = start("", Map.of())) {
      run("true");
      for (String signal :
          List.of("HUP", "USR1", "ALRM", "VTALRM", "PROF", "IO", "PWR", "XCPU", "STKFLT")) {
        send(run, signal);
      }
      assertThat(run("echo alive; grep SigIgn /proc/self/status"))
          .contains("\"alive\"", "0000000000000000\"");
      assertThat(run.terminate()).isZero();
    }
  }

  private static void send(Packaged run, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, "" + run.process().pid()).start().waitFor();
  }

  @Test
  void closedStandardStreamsAreTheNullDevice() throws Exception {
    try (Packaged run = start("exec <&- >&- 2>&-\n", Map.of())) {
      for (int descriptor = 0; descriptor < 3; descriptor++) {
        Path link = Path.of("/proc", "" + run.process().pid(), "fd", "" + descriptor);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("/dev/null"));
      }
      assertThat(run.terminate()).isZero();
    }
  }

  @Test
  void aDaemonThatIsNotRootRunsCommandsAsItself() throws Exception {
    String ordinary =
        "[ \"$(id -u)\" != 0 ] || exec setpriv --reuid=61234 --regid=61235 --groups=61236 "
            + Packaged.EXECUTABLE
            + " \"$@\"\n";
    try (Packaged run = start(ordinary, Map.of("HOME", "/"))) {
      String uid = uid(run);
      String own = "{\"command\":\"id -u; echo at $HOME\",\"uid\":" + uid + "}";

      assertThat(post(own)).contains("\"text\":\"" + uid + "\"", "\"text\":\"at ");
      assertThat(post(own.replace("}", ",\"gid\":77}"))).contains("PERMISSION_DENIED");
      assertThat(run.terminate()).isZero();
    }
  }

  private static String uid(Packaged run) throws IOException {
    Matcher uid = Pattern.compile("Uid:\\s+(\\d+)").matcher(read(run, "status"));
    assertThat(uid.find()).isTrue();
    return uid.group(1);
  }

  @Test
  void descendantsThatLeftGoWithTheirCommandAndReapingIsPrompt() throws Exception {
    try (Packaged run = start("", Map.of())) {
      String left = "(setsid sleep 4711 > /dev/null 2>&1 &); sleep 0.2";
      post("{\"command\":\"" + left + "; sleep 100\",\"timeout\":500}");
      RunningDaemon.await("none is left", () -> run.process().descendants().count() == 0);
      run(left);
      assertThat(run.process().descendants().count()).isEqualTo(1);
      run.process().descendants().forEach(ProcessHandle::destroyForcibly);
      RunningDaemon.await("it is reaped", () -> run.process().descendants().count() == 0);
      assertThat(run.terminate()).isZero();
    }
  }

  @Test
  void finishedLogsHoldNoDescriptor() throws Exception {
    try (Packaged run = start("", Map.of())) {
      run("true");
      long before = descriptors(run);
      for (int i = 0; i < 300; i++) {
        post("{\"command\":\"echo " + i + "\",\"background\":true}");
      }
      RunningDaemon.await("none is held", () -> descriptors(run) <= before + 20);
      assertThat(run.terminate()).isZero();
    }
  }

  private static long descriptors(Packaged run) {
    String[] open = Path.of("/proc", "" + run.process().pid(), "fd").toFile().list();
    return open == null ? 0 : open.length;
  }
}
