package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.NeedsRoot;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rights of other users, as the kernel checks them for the packaged daemon, which is root. */
@NeedsRoot
class FileRightsIT {
  private static final int JO = 41_001;
  private static final int MO = 41_002;
  private static final int STAFF = 41_100;

  @TempDir private Path state;
  @TempDir private Path folder;
  private RunningDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    mode(folder, "rwxr-xr-x");
    daemon = new RunningDaemon(state);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static Path own(Path path, int uid, int gid, int mode) throws IOException {
    Files.setAttribute(path, "unix:uid", uid);
    Files.setAttribute(path, "unix:gid", gid);
    Files.setAttribute(path, "unix:mode", mode);
    return path;
  }

  private Path file(String name, int uid, int gid, int mode) throws IOException {
    return own(Files.writeString(folder.resolve(name), "content"), uid, gid, mode);
  }

  private Path directory(String name, int uid, int gid, int mode) throws IOException {
    return own(Files.createDirectory(folder.resolve(name)), uid, gid, mode);
  }

  private HttpResponse<String> as(int uid, int gid, String method, String route) throws Exception {
    return daemon.send(method, "/v1/filesystem/%d/%d%s".formatted(uid, gid, route), "");
  }

  private HttpResponse<String> put(int uid, int gid, Path path) throws Exception {
    return daemon.send(
        daemon
            .request("/v1/filesystem/%d/%d/files/content?path=%s".formatted(uid, gid, path))
            .PUT(BodyPublishers.ofString("new")));
  }

  @ParameterizedTest
  @CsvSource({
    "0600, 41001, 41001, 200",
    "0600, 41002, 41002, 403",
    "0640, 41002, 41100, 200",
    "0600, 41002, 41100, 403",
    "0604, 41002, 41002, 200",
    "0064, 41001, 41001, 403",
    "0004, 41002, 41100, 403",
    "0000, 0, 0, 200"
  })
  void ownerGroupAndOthersRead(String mode, int uid, int gid, int status) throws Exception {
    Path file = file("f", JO, STAFF, Integer.parseInt(mode, 8));
    HttpResponse<String> answer = as(uid, gid, "GET", "/files/download?path=" + file);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.body()).contains("PERMISSION_DENIED", file.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0700, 41001, 41001, 200",
    "0700, 41002, 41002, 403",
    "0770, 41002, 41100, 200",
    "0750, 41002, 41100, 403",
    "0707, 41002, 41002, 200",
    "0000, 0, 0, 200"
  })
  void ownerGroupAndOthersCreate(String mode, int uid, int gid, int status) throws Exception {
    Path parent = directory("d", JO, STAFF, Integer.parseInt(mode, 8));
    assertThat(put(uid, gid, parent.resolve("f")).statusCode()).isEqualTo(status);
    assertThat(Files.exists(parent.resolve("f"))).isEqualTo(status == 200);
    if (status == 200) {
      assertThat(Files.getAttribute(parent.resolve("f"), "unix:uid")).isEqualTo(uid);
      assertThat(Files.getAttribute(parent.resolve("f"), "unix:gid")).isEqualTo(gid);
    }
  }

  @Test
  void aFileThatMayNotBeWrittenIsNotReplacedEither() throws Exception {
    Path parent = directory("d", JO, JO, 0777);
    Path file = own(Files.writeString(parent.resolve("f"), "old"), MO, MO, 0644);
    assertThat(put(JO, JO, file).statusCode()).isEqualTo(403);
    assertThat(file).hasContent("old");
  }

  @Test
  void inAStickyFolderEverybodyRemovesTheirOwn() throws Exception {
    Path parent = directory("d", 0, 0, 01777);
    Path file = own(Files.writeString(parent.resolve("f"), "x"), JO, JO, 0666);
    assertThat(as(MO, MO, "DELETE", "/files?path=" + file).statusCode()).isEqualTo(403);
    assertThat(file).exists();
    assertThat(as(JO, JO, "DELETE", "/files?path=" + file).statusCode()).isEqualTo(200);
    assertThat(file).doesNotExist();
  }

  @Test
  void inASetGroupFolderFilesBelongToItsGroup() throws Exception {
    Path parent = directory("d", 0, STAFF, 02777);
    assertThat(put(JO, JO, parent.resolve("sub/f")).statusCode()).isEqualTo(200);
    assertThat(Files.getAttribute(parent.resolve("sub"), "unix:gid")).isEqualTo(STAFF);
    assertThat(Files.getAttribute(parent.resolve("sub/f"), "unix:gid")).isEqualTo(STAFF);
    assertThat(Files.getAttribute(parent.resolve("sub/f"), "unix:uid")).isEqualTo(JO);
  }

  @Test
  void belowAFolderOfRootNothingCanBeLookedUp() throws Exception {
    Path parent = directory("d", 0, 0, 0700);
    Path file = own(Files.writeString(parent.resolve("f"), "x"), JO, JO, 0666);
    for (String route :
        List.of("/files/info", "/files/download", "/directories/list", "/files/search")) {
      assertThat(as(JO, JO, "GET", route + "?path=" + file).statusCode()).isEqualTo(403);
    }
    assertThat(as(JO, JO, "DELETE", "/files?path=" + file).statusCode()).isEqualTo(403);
    assertThat(as(JO, JO, "DELETE", "/directories?path=" + parent).statusCode()).isEqualTo(403);
    assertThat(as(JO, JO, "GET", "/files/search?path=" + folder).body()).doesNotContain("\"f\"");
    assertThat(daemon.send("GET", "/files/info?path=" + file, "").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyGivesFilesAway() throws Exception {
    Path file = file("f", JO, JO, 0644);
    String route = "/v1/filesystem/%d/%d/files/permissions".formatted(JO, JO);
    String body = "{\"" + file + "\":{\"owner\":\"%d\",\"mode\":%d}}";
    assertThat(daemon.send("POST", route, body.formatted(MO, 600)).statusCode()).isEqualTo(403);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(JO);
    assertThat(daemon.send("POST", route, "{\"" + file + "\":{\"mode\":600}}").statusCode())
        .isEqualTo(200);
  }

  /** To another file system, where it takes more than a rename. */
  @Test
  void aTreeIsMovedWithTheRightsOfItsUser() throws Exception {
    Path tree = directory("t", JO, JO, 0755);
    own(
        Files.writeString(
            own(Files.createDirectory(tree.resolve("d")), JO, JO, 0755).resolve("f"), "x"),
        MO,
        STAFF,
        04644);
    own(folder, JO, JO, 0755);
    Path disk = Files.createDirectory(folder.resolve("disk"));
    shell("mount -t tmpfs -o mode=1777 none " + disk);
    try {
      Path there = disk.resolve("t");
      for (String locked : List.of("chmod 0700 t/d/f", "chown 41002 t/d", "chown 0 .")) {
        shell("cd " + folder + "; " + locked);
        HttpResponse<String> refused = move(tree, there);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("PERMISSION_DENIED", tree.toString());
        try (Stream<Path> names = Files.list(disk)) {
          assertThat(names).isEmpty();
        }
        shell("cd " + folder + "; chmod 0644 t/d/f; chown 41001 . t/d");
      }
      assertThat(move(tree, there).statusCode()).isEqualTo(200);
      assertThat(tree).doesNotExist();
      assertThat(Files.getAttribute(there.resolve("d/f"), "unix:uid")).isEqualTo(JO);
      assertThat(Files.getAttribute(there.resolve("d/f"), "unix:mode")).isEqualTo(0100644);
    } finally {
      shell("umount " + disk);
    }
  }

  private HttpResponse<String> move(Path from, Path to) throws Exception {
    String body = "[{\"src\":\"%s\",\"dest\":\"%s\"}]".formatted(from, to);
    return daemon.send("POST", "/v1/filesystem/%d/%d/files/mv".formatted(JO, JO), body);
  }

  private static void shell(String script) throws Exception {
    Process bash = new ProcessBuilder("bash", "-ec", script).inheritIO().start();
    assertThat(bash.waitFor()).as(script).isZero();
  }

  /** The supplementary groups of root must not be left to anybody. */
  @Test
  void noGroupOfTheDaemonIsLeft() throws Exception {
    Path file = file("f", 0, 0, 0640);
    assertThat(as(JO, JO, "GET", "/files/download?path=" + file).statusCode()).isEqualTo(403);
    assertThat(as(JO, 0, "GET", "/files/download?path=" + file).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"4294967295, 0", "0, 4294967295", "-1, 0", "x, 0", "0, 99999999999"})
  void idsOutOfRangeAreRefused(String uid, String gid) throws Exception {
    String route = "/v1/filesystem/%s/%s/files/info?path=/".formatted(uid, gid);
    assertThat(daemon.send("GET", route, "").statusCode()).isEqualTo(400);
  }

  @Test
  void noRightLeaksBetweenManyRequestsOfSeveralUsers() throws Exception {
    Path jo = own(Files.writeString(folder.resolve("jo"), "x"), JO, JO, 0600);
    Path mo = own(Files.writeString(folder.resolve("mo"), "x"), MO, MO, 0600);
    Path root = own(Files.writeString(folder.resolve("root"), "x"), 0, 0, 0600);
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int kind = i % 3;
      clients.add(Thread.ofPlatform().start(() -> ask(kind, List.of(jo, mo, root), wrong)));
    }
    for (Thread client : clients) {
      client.join();
    }
    assertThat(wrong).isEmpty();
  }

  /** Each kind of client may read one of the files, and the daemon itself all. */
  private void ask(int kind, List<Path> files, List<String> wrong) {
    String prefix =
        List.of(
                "/v1/filesystem/%d/%d".formatted(JO, JO),
                "/v1/filesystem/%d/%d".formatted(MO, MO),
                "")
            .get(kind);
    for (int i = 0; i < 100; i++) {
      int which = i % 3;
      try {
        int status =
            daemon
                .send("GET", prefix + "/files/download?path=" + files.get(which), "")
                .statusCode();
        int wanted = kind == 2 || kind == which ? 200 : 403;
        if (status != wanted) {
          wrong.add(prefix + " " + files.get(which) + " " + status);
        }
      } catch (IOException | InterruptedException e) {
        wrong.add(e.toString());
      }
    }
  }
}
