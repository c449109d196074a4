package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.NeedsRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with files, done to the packaged daemon. */
class FileFaultsIT {
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

  private List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anUploadCutAtAnyByteLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "old");
    String body = Multipart.body(file.toString(), "new content\r\n--BOUN");
    for (int cut = 0; cut < body.length(); cut++) {
      try (Socket socket = Multipart.begin(daemon.port(), body, cut)) {
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      }
      RunningDaemon.await("only the file, cut at " + cut, () -> count(folder) == 1);
      assertThat(file).as("cut at %d", cut).hasContent("old");
    }
    System.out.println("uploads cut at every byte: " + body.length());
    assertThat(Multipart.send(daemon, body).statusCode()).isEqualTo(200);
    assertThat(file).hasContent("new content\r\n--BOUN");
  }

  @Test
  @NeedsRoot(toMount = true)
  void aFullDiskIsSaidAndLeavesTheOldFile() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    mount("-t", "tmpfs", "-o", "size=256k", "none", disk.toString());
    try {
      Path file = Files.writeString(disk.resolve("f"), "old");
      HttpResponse<String> answer =
          Multipart.send(daemon, Multipart.body(file.toString(), "x".repeat(1 << 20)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
      assertThat(answer.body()).contains("NO_SPACE", file.toString());
      assertThat(names(disk)).containsExactly("f");
      assertThat(file).hasContent("old");
      assertThat(Multipart.send(daemon, Multipart.body(file.toString(), "new")).statusCode())
          .isEqualTo(200);
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  @NeedsRoot(toMount = true)
  void aReadOnlyMountIsSaid() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    mount("-t", "tmpfs", "-o", "ro,size=64k", "none", disk.toString());
    try {
      HttpResponse<String> answer = Multipart.send(daemon, Multipart.body(disk + "/f", "x"));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("RUNTIME_ERROR", disk + "/f", "read-only");
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void mount(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(words));
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  @Test
  void aLinkSwappedInLeadsNeitherRemovalNorSearchOutOfTheTree() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    for (int i = 0; i < 20; i++) {
      Files.writeString(outside.resolve("precious" + i), "x");
    }
    int found = 0;
    for (int round = 0; round < 30; round++) {
      Path tree = Files.createDirectory(folder.resolve("tree" + round));
      for (int i = 0; i < 20; i++) {
        Files.writeString(Files.createDirectories(tree.resolve("d" + i)).resolve("f"), "x");
      }
      AtomicBoolean over = new AtomicBoolean();
      Thread swapper = Thread.ofPlatform().start(() -> swap(tree, outside, over));
      String search = "/files/search?pattern=precious*&path=" + tree;
      found += daemon.send("GET", search, "").body().contains("precious") ? 1 : 0;
      daemon.send("DELETE", "/directories?path=" + tree, "");
      over.set(true);
      swapper.join();
    }
    assertThat(found).isZero();
    assertThat(names(outside)).hasSize(20);
  }

  /** Puts a link in the place of each folder and takes it away again, as fast as it can. */
  private static void swap(Path tree, Path outside, AtomicBoolean over) {
    for (int i = 0; !over.get(); i = (i + 1) % 20) {
      Path real = tree.resolve("d" + i);
      Path away = tree.resolve("away" + i);
      try {
        Files.move(real, away);
        Files.createSymbolicLink(real, outside);
        Files.delete(real);
        Files.move(away, real);
      } catch (IOException removedMeanwhile) {
        // That is what the other side does.
      }
    }
  }

  @Test
  void ofTwoUploadsToOnePathOneWinsWhole() throws Exception {
    Path file = folder.resolve("f");
    List<Thread> clients = new ArrayList<>();
    for (char letter : "ab".toCharArray()) {
      String body = Multipart.body(file.toString(), Character.toString(letter).repeat(300_000));
      clients.add(Thread.ofPlatform().start(() -> uploadOften(body)));
    }
    for (Thread client : clients) {
      while (client.isAlive()) {
        if (Files.exists(file)) {
          String text = Files.readString(file);
          assertThat(text).hasSize(300_000);
          assertThat(text.chars().distinct().count()).isEqualTo(1);
        }
      }
    }
    assertThat(names(folder)).containsExactly("f");
  }

  private void uploadOften(String body) {
    for (int i = 0; i < 15; i++) {
      try {
        Multipart.send(daemon, body);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aDaemonKilledMidUploadLeavesTheOldFileAndTheNextOneTidiesUp() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "old");
    String body = Multipart.body(file.toString(), "x".repeat(500_000));
    try (Socket _ = Multipart.begin(daemon.port(), body, 400_000)) {
      RunningDaemon.await("an unfinished file", () -> count(folder) == 2);
      daemon.process().destroyForcibly().waitFor();
    }
    assertThat(file).hasContent("old");
    assertThat(names(folder)).hasSize(2);
    daemon = new RunningDaemon(state);
    RunningDaemon.await("the unfinished file is gone", () -> count(folder) == 1);
    assertThat(file).hasContent("old");
  }

  private static int count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aResumableUploadOutlivesTheDaemon() throws Exception {
    Path file = folder.resolve("f");
    String path = "/files/content?path=" + file;
    assertThat(chunk(path, "bytes 0-4/10", "01234").headers().firstValue("Upload-Offset"))
        .contains("5");
    daemon.process().destroyForcibly().waitFor();
    daemon = new RunningDaemon(state);
    assertThat(daemon.send("HEAD", path, "").headers().firstValue("Upload-Offset")).contains("5");
    HttpResponse<String> wrong = chunk(path, "bytes 6-9/10", "6789");
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(wrong.headers().firstValue("Upload-Offset")).contains("5");
    assertThat(file).doesNotExist();
    assertThat(chunk(path, "bytes 5-9/10", "56789").statusCode()).isEqualTo(200);
    assertThat(file).hasContent("0123456789");
    assertThat(names(folder)).containsExactly("f");
    assertThat(daemon.send("HEAD", path, "").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> chunk(String path, String range, String body) throws Exception {
    return daemon.send(
        daemon.request(path).header("Content-Range", range).PUT(BodyPublishers.ofString(body)));
  }

  @Test
  void aFileThatShrinksBreaksItsDownloadOff() throws Exception {
    Path file = folder.resolve("f");
    byte[] content = new byte[64 << 20];
    Files.write(file, content);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      String request = "GET /files/download?path=" + file + " HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(1000)).hasSize(1000);
      Files.write(file, new byte[100]);
      long rest = in.transferTo(OutputStream.nullOutputStream());
      assertThat(rest).isLessThan(content.length);
    }
  }

  @Test
  void clientsThatLeaveLeaveNothingOpen() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[32 << 20]);
    daemon.send("GET", "/files/info?path=" + file, "");
    daemon.send("GET", "/files/search?path=" + folder, "");
    leaveInTheMiddle(file); // the first upload opens the journal of uploads for good
    long before = daemon.descriptorsAtRest();
    for (int i = 0; i < 20; i++) {
      leaveInTheMiddle(file);
    }
    RunningDaemon.await("descriptors", () -> openDescriptors() <= before);
    assertThat(names(folder)).containsExactly("f");
  }

  /** One client leaves in the middle of an upload, another in the middle of a download. */
  private void leaveInTheMiddle(Path file) throws IOException {
    String body = Multipart.body(folder + "/g", "x".repeat(100_000));
    try (Socket upload = Multipart.begin(daemon.port(), body, 50_000);
        Socket download = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      String request = "GET /files/download?path=" + file + " HTTP/1.1\r\nHost: x\r\n\r\n";
      download.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(download.getInputStream().readNBytes(1000)).hasSize(1000);
      upload.setSoLinger(true, 0);
    }
  }

  private long openDescriptors() {
    try {
      return daemon.descriptors();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tenThousandPartsAreFine() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      body.append(Multipart.pair("{\"path\":\"" + folder + "/many/f" + i + "\"}", "content " + i));
    }
    assertThat(Multipart.send(daemon, body.append("--BOUND--\r\n").toString()).statusCode())
        .isEqualTo(200);
    assertThat(count(folder.resolve("many"))).isEqualTo(5_000);
    assertThat(folder.resolve("many/f4999")).hasContent("content 4999");
  }
}
