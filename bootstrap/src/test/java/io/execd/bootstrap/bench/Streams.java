package io.execd.bootstrap.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** What a thousand commands cost that run and say nothing. */
final class Streams {
  private static final int STREAMS = 1000;
  private static final int PINGS = 1000;
  private static final long SETTLE_SECONDS = 2;

  private Streams() {}

  static void run(Lab lab) throws IOException, InterruptedException {
    Deque<HttpConnection> streams = new ArrayDeque<>();
    try (HttpConnection pings = lab.daemon().connect()) {
      Usage before = Usage.of(lab);
      try {
        for (int i = 0; i < STREAMS; i++) {
          streams.push(lab.daemon().connect());
          streams.element().command("echo up; exec sleep 600").readUntil("\"text\":\"up\"");
        }
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        report(lab, before, Usage.of(lab), pings);
      } finally {
        while (!streams.isEmpty()) {
          streams.pop().close();
        }
      }
    }
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS); // the daemon ends what nobody reads
  }

  private static void report(Lab lab, Usage before, Usage during, HttpConnection connection)
      throws IOException, InterruptedException {
    if (before.known()) {
      double growth = during.megabytes() - before.megabytes();
      double threads = during.threads() - before.threads();
      figure(lab, "1,000 streams, RSS growth", "MB", new Samples(growth), Target.atMost(30));
      figure(lab, "1,000 streams, more threads", "", new Samples(threads), Target.atMost(8));
    } else {
      lab.report().absent("1,000 streams, RSS growth and threads", "needs --pid");
    }
    Samples pings = lab.sample(lab.rounds(PINGS), () -> ping(connection));
    figure(lab, "/ping meanwhile", "ms", pings, Target.atMost(1));
  }

  private static void figure(Lab lab, String name, String unit, Samples samples, Target target) {
    lab.report().figure(name, unit, samples, target, Floor.none());
  }

  private static double ping(HttpConnection connection) throws IOException {
    long begin = System.nanoTime();
    connection.ping();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** What the daemon holds at a moment. */
  private record Usage(boolean known, double megabytes, int threads) {
    static Usage of(Lab lab) throws IOException {
      if (lab.daemon().figures().isEmpty()) {
        return new Usage(false, 0, 0);
      }
      ProcessFigures figures = lab.daemon().figures().get();
      return new Usage(true, figures.residentMegabytes(), figures.threads());
    }
  }
}
