package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are unlike others, met by the packaged daemon. */
class FileOdditiesIT {
  @TempDir private Path state;
  @TempDir private Path folder;
  private RunningDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new RunningDaemon(state);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String get(String route) throws Exception {
    HttpResponse<String> answer = daemon.send("GET", route, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** By itself, because Java's names are text. */
  private void shell(String script) throws Exception {
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    assertThat(bash.inheritIO().start().waitFor()).isZero();
  }

  private static long names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.count();
    }
  }

  @Test
  void aFileOfProcHasContentAndNoSize() throws Exception {
    String status = "/proc/" + daemon.process().pid() + "/status";
    assertThat(get("/files/download?path=" + status)).contains("Name:\tjava", "VmRSS:");
    assertThat(get("/files/info?path=" + status)).contains("\"size\":0");
    assertThat(get("/files/download?offset=1&limit=1&path=" + status)).isEqualTo("Name:\tjava\n");
    assertThat(get("/files/download?path=/proc/version"))
        .isEqualTo(Files.readString(Path.of("/proc/version")));
    HttpResponse<String> whole =
        daemon.send(
            daemon.request("/files/download?path=/proc/version").header("Range", "bytes=0-3"));
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(Files.readString(Path.of("/proc/version")));
  }

  /** It says that it has a page: the body broke off after what it holds. */
  @Test
  void aFileOfSysHasLessThanItSays() throws Exception {
    Path file = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    String content = Files.readString(file);
    assertThat(Files.size(file)).isGreaterThan(content.length());
    String route = "/files/download?path=" + file;
    assertThat(get(route)).isEqualTo(content);
    assertThat(get(route + "&offset=1&limit=1")).isEqualTo(content);
    HttpResponse<String> piece = daemon.send(daemon.request(route).header("Range", "bytes=0-3"));
    assertThat(piece.statusCode()).isEqualTo(200);
    assertThat(piece.body()).isEqualTo(content);
    assertThat(piece.headers().firstValue("ETag")).isEmpty();
    assertThat(piece.headers().firstValue("Accept-Ranges")).contains("none");
    HttpResponse<String> head = daemon.send("HEAD", route, "");
    assertThat(head.headers().firstValue("Content-Length")).contains("" + content.length());
  }

  @Test
  void aFileOfProcIsWrittenInPlace() throws Exception {
    Path file = Path.of("/proc/" + daemon.process().pid() + "/oom_score_adj");
    String before = Files.readString(file).strip();
    String body = "{\"%s\":{\"old\":\"%s\",\"new\":\"321\"}}".formatted(file, before);
    HttpResponse<String> replaced = daemon.send("POST", "/files/replace", body);
    assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
    assertThat(Files.readString(file)).isEqualTo("321\n");
    HttpResponse<String> put = daemon.send("PUT", "/files/content?path=" + file, "123");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(Files.readString(file)).isEqualTo("123\n");
  }

  /** The length is announced before the file changes. */
  @Test
  void aFileThatShrinksBreaksOffAndOneThatGrowsDoesNot() throws Exception {
    int size = 64 << 20;
    shell("head -c %d /dev/zero > shrinks; head -c %d /dev/zero > grows".formatted(size, size));
    try (InputStream shrinks = open("shrinks");
        InputStream grows = open("grows")) {
      shell("truncate -s 1 shrinks; echo more >> grows");
      assertThatThrownBy(shrinks::readAllBytes).isInstanceOf(IOException.class);
      assertThat(grows.readAllBytes()).hasSize(size);
    }
  }

  private InputStream open(String name) throws Exception {
    HttpRequest request =
        daemon.request("/files/download?path=" + folder.resolve(name)).GET().build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
  }

  @Test
  void aNameThatIsNoUtf8IsListedReadMovedAndRemoved() throws Exception {
    shell("printf secret > $'caf\\xe9 \\xff\\xfe'; printf x > caf\u00e9");
    String name = folder + "/caf\\xE9 \\xFF\\xFE";
    String json = name.replace("\\", "\\\\");
    assertThat(get("/directories/list?path=" + folder)).contains("\"" + json + "\"");
    assertThat(get("/files/search?pattern=*caf*&path=" + folder)).contains("\"" + json + "\"");
    assertThat(get("/files/info?path=" + encode(name))).contains("\"size\":6");
    assertThat(get("/files/download?path=" + encode(name))).isEqualTo("secret");
    String moved = json.replace("xFE", "xFD");
    String moves = "[{\"src\":\"%s\",\"dest\":\"%s\"}]".formatted(json, moved);
    assertThat(daemon.send("POST", "/files/mv", moves).statusCode()).isEqualTo(200);
    shell("test \"$(cat $'caf\\xe9 \\xff\\xfd')\" = secret");
    assertThat(Multipart.send(daemon, Multipart.body(moved, "new")).statusCode()).isEqualTo(200);
    shell("test \"$(cat $'caf\\xe9 \\xff\\xfd')\" = new");
    String gone = "/files?path=" + encode(name.replace("xFE", "xFD"));
    assertThat(daemon.send("DELETE", gone, "").statusCode()).isEqualTo(200);
    assertThat(names(folder)).isEqualTo(1);
  }

  @Test
  void aDirectoryThatIsListedIsTheWorkingDirectoryOfACommand() throws Exception {
    shell("mkdir $'\\xc3\\xa9$REL' $'caf\\xe9$REL' $'\\xc3\\xa9x'");
    for (String name : new String[] {"caf\\\\xE9$REL", "\u00e9$REL"}) {
      String body =
          "{\"command\":\"pwd > here\",\"cwd\":\"%s/%s\",\"envs\":{\"REL\":\"x\"}}"
              .formatted(folder, name);
      HttpResponse<String> answer = daemon.send("POST", "/command", body);
      assertThat(answer.body()).contains("execution_complete");
    }
    shell("grep -q 'REL$' $'\\xc3\\xa9$REL/here' && test -e $'caf\\xe9$REL/here'");
  }

  @Test
  void aCompressedUploadIsRefusedAndNotWritten() throws Exception {
    Path file = folder.resolve("packed");
    HttpResponse<String> answer =
        daemon.send(
            daemon
                .request("/files/content?path=" + file)
                .header("Content-Encoding", "gzip")
                .PUT(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(file).doesNotExist();
  }

  /** More levels than a process may have descriptors, and paths longer than the kernel takes. */
  @Test
  void aTreeOfTwoThousandLevelsIsSearchedListedAndRemoved() throws Exception {
    shell("for i in $(seq 2000); do mkdir level && cd level || exit 1; done; echo x > leaf");
    shell("prlimit --pid " + daemon.process().pid() + " --nofile=256:256");
    assertThat(get("/files/search?pattern=leaf&path=" + folder)).contains("/level/leaf\"");
    String list = get("/directories/list?depth=3000&path=" + folder);
    assertThat(list.split("\"type\":\"directory\"", -1)).hasSize(2001);
    assertThat(daemon.descriptors()).isLessThan(100);
    String tree = "/directories?path=" + folder + "/level";
    HttpResponse<String> removed = daemon.send("DELETE", tree, "");
    assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
    assertThat(names(folder)).isZero();
  }
}
