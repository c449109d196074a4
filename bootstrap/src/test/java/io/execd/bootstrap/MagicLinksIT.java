package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The links of /proc, behind which is what the packaged daemon, which is root, has open: another
 * user must not come to it by way of them, whatever the route.
 */
class MagicLinksIT {
  private static final int JO = 41_001;

  @TempDir private Path state;
  @TempDir private Path folder;
  private RunningDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new RunningDaemon(state);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private HttpResponse<String> as(String method, String route, String body) throws Exception {
    return daemon.send(method, "/v1/filesystem/%d/%d%s".formatted(JO, JO, route), body);
  }

  private static void isRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.uri() + answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("PERMISSION_DENIED");
  }

  /** Descriptor 1 is the log; cwd and root lead to folders that are open to all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/self/fd/1",
        "/proc/PID/fd/1",
        "/dev/fd/1",
        "/proc/thread-self/fd/1",
        "LINK"
      })
  void noFileIsReadOrWrittenThroughALinkOfProc(String link) throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/self/fd/1"));
    String path =
        link.replace("PID", "" + daemon.process().pid())
            .replace("LINK", folder.resolve("link").toString());
    isRefused(as("GET", "/files/download?path=" + path, ""));
    isRefused(as("GET", "/files/download?limit=1&path=" + path, ""));
    isRefused(as("GET", "/files/search?path=" + path, ""));
    isRefused(as("PUT", "/files/content?path=" + path, "x"));
    isRefused(as("POST", "/files/replace", "{\"" + path + "\":{\"old\":\"a\",\"new\":\"b\"}}"));
    isRefused(as("POST", "/files/permissions", "{\"" + path + "\":{\"mode\":777}}"));
    isRefused(upload(path));
    assertThat(as("GET", "/files/info?path=" + path, "").body()).contains("symlink");
  }

  private HttpResponse<String> upload(String path) throws Exception {
    return daemon.send(
        daemon
            .request("/v1/filesystem/%d/%d/files/upload".formatted(JO, JO))
            .header("Content-Type", Multipart.TYPE)
            .POST(BodyPublishers.ofString(Multipart.body(path, "x"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/root", "/proc/PID/cwd", "/proc/self/task/PID/root"})
  void noLinkOfProcIsInAPath(String link) throws Exception {
    String root = link.replace("PID", "" + daemon.process().pid());
    Files.writeString(folder.resolve("f"), "text");
    String file = root + folder + "/f";
    isRefused(as("GET", "/files/info?path=" + file, ""));
    isRefused(as("GET", "/files/download?path=" + file, ""));
    isRefused(as("GET", "/files/search?path=" + root, ""));
    isRefused(as("GET", "/files/search?path=" + root + "/etc", ""));
    isRefused(as("GET", "/directories/list?path=" + root + "/etc", ""));
    isRefused(as("DELETE", "/files?path=" + file, ""));
    isRefused(as("DELETE", "/directories?path=" + root + folder, ""));
    isRefused(as("POST", "/directories", "{\"" + file + "2\":{}}"));
    isRefused(as("PUT", "/files/content?path=" + file + "2", "x"));
    isRefused(upload(file));
    for (String move : List.of(file + "|" + folder + "/g", folder + "/f|" + file + "2")) {
      String[] ends = move.split("\\|", -1);
      isRefused(
          as(
              "POST",
              "/files/mv",
              "[{\"src\":\"%s\",\"dest\":\"%s\"}]".formatted(ends[0], ends[1])));
    }
    assertThat(folder.resolve("f")).hasContent("text");
  }

  @Test
  void otherLinksAndFilesOfProcAreThereForAll() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "text");
    Files.setAttribute(file, "unix:uid", JO);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("f"));
    Files.createSymbolicLink(folder.resolve("around"), folder);
    assertThat(as("GET", "/files/download?path=/proc/self/status", "").body()).contains("Name:");
    assertThat(as("GET", "/files/download?path=/proc/mounts", "").statusCode()).isEqualTo(200);
    String path = folder + "/around/link";
    assertThat(as("GET", "/files/download?path=" + path, "").body()).isEqualTo("text");
    assertThat(as("POST", "/files/permissions", "{\"" + path + "\":{\"mode\":600}}").statusCode())
        .isEqualTo(200);
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100600);
    assertThat(as("PUT", "/files/content?path=" + path, "new").statusCode()).isEqualTo(200);
    assertThat(link).isSymbolicLink().hasContent("new");
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThat(as("GET", "/files/download?path=" + loop, "").statusCode()).isEqualTo(409);
  }

  /** A folder that may be walked through and not be read. */
  @Test
  void aFolderThatMayNotBeReadCanBeWorkedIn() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("d"));
    Files.setAttribute(inner, "unix:mode", 0733);
    assertThat(as("PUT", "/files/content?path=" + inner + "/f", "x").statusCode()).isEqualTo(200);
    assertThat(as("POST", "/directories", "{\"" + inner + "/g/h\":{}}").statusCode())
        .isEqualTo(200);
    String move = "[{\"src\":\"%s/f\",\"dest\":\"%s/g/f\"}]".formatted(inner, inner);
    assertThat(as("POST", "/files/mv", move).statusCode()).isEqualTo(200);
    assertThat(as("DELETE", "/files?path=" + inner + "/g/f", "").statusCode()).isEqualTo(200);
    assertThat(as("DELETE", "/directories?path=" + inner + "/g", "").statusCode()).isEqualTo(200);
    assertThat(inner).isEmptyDirectory();
  }

  @Test
  void theDaemonItselfFollowsThem() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "text");
    String path = "/files/download?path=/proc/self/root" + file;
    assertThat(daemon.send("GET", path, "").body()).isEqualTo("text");
  }
}
