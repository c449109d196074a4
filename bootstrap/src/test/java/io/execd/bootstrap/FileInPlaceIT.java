package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no rename can replace, written by the packaged daemon, which is root. */
class FileInPlaceIT {
  private static final int JO = 41_001;

  @TempDir private Path state;
  @TempDir private Path folder;
  private RunningDaemon daemon;
  private Path real;
  private Path mounted;

  @BeforeEach
  void start() throws Exception {
    daemon = new RunningDaemon(state);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    shell("mkdir d disk; touch d/mounted; mount -t tmpfs -o size=1m none disk; echo old > disk/f");
    shell("mount --bind disk/f d/mounted");
    real = folder.resolve("disk/f");
    mounted = folder.resolve("d/mounted");
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
    shell("umount d/mounted; umount disk");
  }

  private void shell(String script) throws Exception {
    ProcessBuilder bash = new ProcessBuilder("bash", "-ec", script).directory(folder.toFile());
    assertThat(bash.inheritIO().start().waitFor()).as(script).isZero();
  }

  private static void isDone(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> chunk(Path path, String range, String text) throws Exception {
    return daemon.send(
        daemon
            .request("/files/content?path=" + path)
            .header("Content-Range", range)
            .PUT(BodyPublishers.ofString(text)));
  }

  /** As /etc/hosts is in every container; it was 409. */
  @Test
  void aMountedFileIsWrittenInPlace() throws Exception {
    Object inode = Files.getAttribute(real, "unix:ino");
    isDone(Multipart.send(daemon, Multipart.body(mounted.toString(), "uploaded content")));
    assertThat(real).hasContent("uploaded content");
    isDone(daemon.send("PUT", "/files/content?path=" + mounted, "put"));
    assertThat(real).hasContent("put");
    isDone(daemon.send("POST", "/files/replace", "{\"" + mounted + "\":{\"old\":\"u\"}}"));
    assertThat(real).hasContent("pt");
    isDone(chunk(mounted, "bytes 0-2/6", "abc"));
    assertThat(real).hasContent("pt");
    isDone(chunk(mounted, "bytes 3-5/6", "def"));
    assertThat(real).hasContent("abcdef");
    Path link = Files.createSymbolicLink(folder.resolve("link"), mounted);
    isDone(daemon.send("PUT", "/files/content?mode=640&path=" + link, "by link"));
    assertThat(real).hasContent("by link");
    assertThat(Files.getAttribute(real, "unix:mode")).isEqualTo(0100640);
    assertThat(Files.getAttribute(real, "unix:ino")).isEqualTo(inode);
    shell("test $(ls -A d | wc -l) = 1");
  }

  @Test
  void aFullDiskLeavesAMountedFileAsItWas() throws Exception {
    shell("head -c 900k /dev/zero > disk/other");
    HttpResponse<String> answer =
        daemon.send("PUT", "/files/content?path=" + mounted, "x".repeat(500_000));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.body()).contains("NO_SPACE", mounted.toString());
    assertThat(real).hasContent("old\n");
    isDone(daemon.send("PUT", "/files/content?path=" + mounted, "x".repeat(50_000)));
    assertThat(real).hasSize(50_000);
  }

  /** A read-only root with a file of a volume in it. */
  @Test
  void aMountedFileInAReadOnlyFolderIsWrittenInPlace() throws Exception {
    shell("mkdir ro; mount -t tmpfs none ro; touch ro/f; mount --bind disk/f ro/f");
    try {
      shell("mount -o remount,ro ro");
      Path file = folder.resolve("ro/f");
      isDone(Multipart.send(daemon, Multipart.body(file.toString(), "uploaded")));
      assertThat(real).hasContent("uploaded");
      isDone(chunk(file, "bytes 0-2/6", "abc"));
      isDone(chunk(file, "bytes 3-5/6", "def"));
      assertThat(real).hasContent("abcdef");
      isDone(
          daemon.send("POST", "/files/replace", "{\"" + file + "\":{\"old\":\"c\",\"new\":\"\"}}"));
      assertThat(real).hasContent("abdef");
      assertThat(daemon.send("PUT", "/files/content?path=" + file + "2", "x").statusCode())
          .isNotEqualTo(200);
    } finally {
      shell("umount ro/f; umount ro");
    }
  }

  /** The file may be written, and neither replaced nor removed. */
  @Test
  void anotherUsersFileInAStickyFolderIsWrittenInPlace() throws Exception {
    shell("mkdir sticky shut; chmod 1777 sticky; echo old | tee sticky/f shut/f; chmod 666 */f");
    for (String name : new String[] {"sticky/f", "shut/f"}) {
      Path file = folder.resolve(name);
      isDone(as("PUT", "/files/content?path=" + file, "new"));
      assertThat(file).hasContent("new");
      isDone(as("POST", "/files/replace", "{\"" + file + "\":{\"old\":\"n\",\"new\":\"\"}}"));
      assertThat(file).hasContent("ew");
      assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
      assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100666);
      HttpResponse<String> mode = as("PUT", "/files/content?mode=600&path=" + file, "no");
      assertThat(mode.statusCode()).isEqualTo(403);
      assertThat(file).hasContent("ew");
    }
    shell("test $(ls -A sticky shut | grep -c execd) = 0");
    assertThat(as("PUT", "/files/content?path=" + folder + "/shut/g", "x").statusCode())
        .isEqualTo(403);
  }

  private HttpResponse<String> as(String method, String route, String body) throws Exception {
    return daemon.send(method, "/v1/filesystem/%d/%d%s".formatted(JO, JO, route), body);
  }

  /** It was replaced by a rename, and the daemon went on writing to what had no name any more. */
  @Test
  void aLinkToTheDaemonsLogIsWrittenThrough() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/self/fd/1"));
    Path log = Path.of("/proc/" + daemon.process().pid() + "/fd/1").toRealPath();
    Object inode = Files.getAttribute(log, "unix:ino");
    isDone(daemon.send("PUT", "/files/content?path=" + link, "through"));
    assertThat(Files.getAttribute(log, "unix:ino")).isEqualTo(inode);
    assertThat(log).content().startsWith("through");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void devicesAndPipesAreNeitherReplacedNorWritten() throws Exception {
    shell("mknod null c 1 3; mkfifo fifo; ln -s null link; ln -s /proc/self/fd/0 zero");
    for (String name : new String[] {"null", "fifo", "link", "zero"}) {
      Path path = folder.resolve(name);
      assertThat(Multipart.send(daemon, Multipart.body(path.toString(), "x")).statusCode())
          .isEqualTo(409);
      assertThat(daemon.send("PUT", "/files/content?path=" + path, "x").statusCode())
          .isEqualTo(409);
      assertThat(chunk(path, "bytes 0-0/2", "x").statusCode()).isEqualTo(409);
    }
    shell("test -c null; test -p fifo; test -L link; test -L zero");
  }
}
