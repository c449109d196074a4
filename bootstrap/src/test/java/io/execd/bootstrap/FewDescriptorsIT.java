package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon without descriptors says so, does not spin, and is well when it has some again. */
@Timeout(120)
class FewDescriptorsIT {
  private static final int DESCRIPTORS = 64;
  private static final String TOO_MANY = "too many open files";

  /** Processor time of a second at most, of what would be 300 with one busy thread. */
  private static final int FEW_TICKS = 100;

  @TempDir private Path folder;
  private final List<Socket> held = new ArrayList<>();
  private RunningDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new RunningDaemon(folder);
    ask(open(), command("true"));
    ask(open(), get("/directories/list?path=" + folder));
    limit(DESCRIPTORS);
  }

  @AfterEach
  void stop() throws IOException {
    release();
    daemon.close();
  }

  private void release() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
    held.clear();
  }

  private void limit(int descriptors) throws Exception {
    String limits = "--nofile=" + descriptors + ":" + descriptors;
    String pid = Long.toString(daemon.process().pid());
    assertThat(new ProcessBuilder("prlimit", "--pid", pid, limits).start().waitFor()).isZero();
  }

  private Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
    socket.setSoTimeout(20_000);
    held.add(socket);
    return socket;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String path, String type, String body) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type;
    return head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String command(String line) {
    return post("/command", "application/json", "{\"command\":\"" + line + "\"}");
  }

  private static String upload(Path file) {
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"x\"\r\n\r\n%s\r\n";
    String metadata = part.formatted("metadata", "{\"path\":\"" + file + "\"}");
    String body = metadata + part.formatted("file", "x") + "--B--\r\n";
    return post("/files/upload", "multipart/form-data; boundary=B", body);
  }

  /** Sends a request and gives what has come when its answer is whole, as far as it is short. */
  private static String ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    StringBuilder answer = new StringBuilder();
    byte[] some = new byte[4096];
    InputStream in = socket.getInputStream();
    for (int n = in.read(some); n > 0; n = in.read(some)) {
      answer.append(new String(some, 0, n, StandardCharsets.UTF_8));
      boolean chunked = answer.indexOf("chunked") >= 0;
      if (chunked ? answer.indexOf("0\r\n\r\n") >= 0 : answer.indexOf("\r\n\r\n") >= 0) {
        break;
      }
    }
    return answer.toString();
  }

  private long ticks() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + daemon.process().pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private long openDescriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + daemon.process().pid() + "/fd"))) {
      return all.count();
    }
  }

  private void assertDoesNotSpin() throws Exception {
    long before = ticks();
    Thread.sleep(3000);
    assertThat(ticks() - before).isLessThan(FEW_TICKS);
  }

  /** Connections that are not used, until no more is accepted. */
  private void fillUp() throws Exception {
    for (int i = 0; i < 2 * DESCRIPTORS; i++) {
      open();
    }
    RunningDaemon.await("no descriptor is left", this::isFull);
  }

  private boolean isFull() {
    try {
      return openDescriptors() >= DESCRIPTORS;
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void connectionsThatTakeAllDescriptorsAreNamedAndDoNotMakeTheAcceptorSpin() throws Exception {
    Socket first = open();
    Path file = Files.writeString(folder.resolve("file"), "text");
    ask(first, get("/ping"));
    fillUp();
    assertDoesNotSpin();
    assertThat(ask(first, command("true"))).contains(TOO_MANY);
    assertThat(ask(first, get("/files/download?path=" + file))).contains(TOO_MANY);
    assertThat(ask(first, get("/directories/list?path=" + folder))).contains(TOO_MANY);
    assertThat(ask(first, upload(folder.resolve("new")))).contains(TOO_MANY);
    release();
    assertIsWell(file);
  }

  @Test
  void commandsThatTakeAllDescriptorsLeaveTheDaemonWell() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    String answer = "";
    for (int i = 0; i < DESCRIPTORS && !answer.contains(TOO_MANY); i++) {
      Socket socket = open();
      socket.getOutputStream().write(command("sleep 100").getBytes(StandardCharsets.UTF_8));
      answer = ask(open(), command("true"));
    }
    assertThat(answer).contains("start a process: " + TOO_MANY);
    assertDoesNotSpin();
    release();
    assertIsWell(file);
  }

  private void assertIsWell(Path file) throws Exception {
    RunningDaemon.await("they are given back", () -> daemon.children() == 0 && !isFull());
    assertThat(daemon.run("echo fine")).contains("\"text\":\"fine\"");
    assertThat(ask(open(), get("/files/download?path=" + file))).contains("200 OK");
  }
}
