package io.execd.bootstrap.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients that begin something and go no further, and what another client sees of them: a new
 * connection's {@code /ping}, before, while they come, when all are there, and when they have gone.
 */
final class Siege {
  private static final int PINGS = 20;
  private static final int PING_TIMEOUT_MILLIS = 5000;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int[] COUNTS = {500, 2000, 5000};

  private enum Kind {
    HEADS("GET /ping HTTP/1.1\r\nX: " + "a".repeat(30_000)),
    BODIES("POST /command HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"),
    UPLOADS(
        """
        POST /files/upload HTTP/1.1\r
        Host: x\r
        Content-Length: 1000\r
        Content-Type: multipart/form-data; boundary=B\r
        \r
        --B\r
        """),
    IDLE(""),
    UNREAD("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final InetSocketAddress server;
  private final ProcessFigures figures;

  private Siege(InetSocketAddress server, ProcessFigures figures) {
    this.server = server;
    this.figures = figures;
  }

  static void run(Lab lab) throws IOException {
    Siege siege = new Siege(lab.daemon().address(), lab.daemon().figures().orElseThrow());
    System.out.println(
        "| clients | /ping before, ms: median, worst | while they come | when there |"
            + " after | MB before, with, after | descriptors with, after |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Kind kind : Kind.values()) {
      for (int count : lab.options().quick() ? new int[] {COUNTS[0]} : COUNTS) {
        siege.measure(kind, count);
      }
    }
  }

  private void measure(Kind kind, int count) throws IOException {
    List<String> cells = new ArrayList<>(List.of(kind + " " + count, pings()));
    double before = figures.residentMegabytes();
    List<SocketChannel> held = new ArrayList<>();
    double with;
    String there;
    try {
      cells.add(come(kind, count, held));
      LockSupport.parkNanos(PAUSE_NANOS);
      cells.add(pings());
      with = figures.residentMegabytes();
      there = figures.descriptors() + "";
    } finally {
      for (SocketChannel channel : held) {
        channel.close();
      }
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    cells.add(pings());
    cells.add("%.0f, %.0f, %.0f".formatted(before, with, figures.residentMegabytes()));
    cells.add(there + ", " + figures.descriptors());
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  /** One ping for every twentieth part of them. */
  private String come(Kind kind, int count, List<SocketChannel> held) throws IOException {
    double[] millis = new double[PINGS];
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open(server);
      held.add(channel);
      channel.configureBlocking(false);
      send(channel, kind.text.getBytes(StandardCharsets.US_ASCII));
      if (i % (count / PINGS) == 0) {
        millis[i / (count / PINGS)] = ping();
      }
    }
    return text(millis);
  }

  /** At the cap of connections one is closed before it has sent anything. */
  private static void send(SocketChannel channel, byte[] bytes) throws IOException {
    try {
      channel.write(ByteBuffer.wrap(bytes));
    } catch (IOException refused) {
      channel.close();
    }
  }

  private String pings() {
    double[] millis = new double[PINGS];
    Arrays.setAll(millis, _ -> ping());
    return text(millis);
  }

  private static String text(double[] millis) {
    Arrays.sort(millis);
    return "%.1f, %.1f".formatted(millis[millis.length / 2], millis[millis.length - 1]);
  }

  /** Milliseconds from the connecting to the answer; infinite when there is none. */
  private double ping() {
    long begin = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(server, PING_TIMEOUT_MILLIS);
      socket.setSoTimeout(PING_TIMEOUT_MILLIS);
      String request = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      boolean good = new String(start, StandardCharsets.US_ASCII).endsWith("200");
      return good ? (System.nanoTime() - begin) / 1e6 : Double.POSITIVE_INFINITY;
    } catch (IOException none) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
