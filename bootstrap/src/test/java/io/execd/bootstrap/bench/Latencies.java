package io.execd.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a client waits for a command, for its output, and for each line of it. */
final class Latencies {
  private static final int COUNT = 300;
  private static final String STDOUT = "\"type\":\"stdout\"";

  private static final Pattern TIME = Pattern.compile("\"text\":\"([0-9]+)\\.([0-9]{6})\"");

  private Latencies() {}

  static void wholeCommand(Lab lab) throws IOException, InterruptedException {
    int rounds = lab.rounds(COUNT);
    Floor floor = lab.machine().floor("posix_spawn", "spawn", "" + rounds, "bash", "-c", "true");
    try (HttpConnection connection = lab.daemon().connect()) {
      Samples samples = lab.sample(rounds, () -> untilEnd(connection));
      lab.report().figure("true, to end of body", "ms", samples, Target.atMost(4), floor);
    }
  }

  private static double untilEnd(HttpConnection connection) throws IOException {
    long begin = System.nanoTime();
    connection.command("true").readToEnd();
    return (System.nanoTime() - begin) / 1e6;
  }

  static void firstOutput(Lab lab) throws IOException, InterruptedException {
    int rounds = lab.rounds(COUNT);
    Floor floor =
        lab.machine().floor("posix_spawn and pipe", "first", "" + rounds, "bash", "-c", "echo hi");
    try (HttpConnection connection = lab.daemon().connect()) {
      Samples samples = lab.sample(rounds, () -> untilOutput(connection));
      lab.report().figure("echo, to first output", "ms", samples, Target.atMost(3), floor);
    }
  }

  private static double untilOutput(HttpConnection connection) throws IOException {
    long begin = System.nanoTime();
    ChunkedBody body = connection.command("echo hi");
    String seen = body.readUntil(STDOUT);
    double millis = (System.nanoTime() - begin) / 1e6;
    body.finish(seen);
    return millis;
  }

  static void relay(Lab lab) throws IOException, InterruptedException {
    String clock = clock(lab.rounds(COUNT));
    Floor floor = lab.machine().floor("pipe", "relay", "bash", "-c", clock);
    try (HttpConnection connection = lab.daemon().connect()) {
      Samples samples = Samples.of(ages(connection.command(clock)));
      lab.report()
          .figure("child's write to client's byte", "ms", samples, Target.atMost(0.5), floor);
    }
  }

  /** Prints the time, five hundred times a second; a read that times out starts no process. */
  private static String clock(int lines) {
    return "exec 9<> <(:); for i in {1..%d}; do echo $EPOCHREALTIME; read -t 0.002 -u 9; done; :"
        .formatted(lines);
  }

  /** How old each line of a clock is when it is here. */
  private static List<Double> ages(ChunkedBody body) throws IOException {
    List<Double> ages = new ArrayList<>();
    for (String seen = body.readSome(); !seen.isEmpty(); seen = body.readSome()) {
      Instant now = Instant.now();
      Matcher time = TIME.matcher(seen);
      while (time.find()) {
        Instant then =
            Instant.ofEpochSecond(
                Long.parseLong(time.group(1)), 1000 * Long.parseLong(time.group(2)));
        ages.add(Duration.between(then, now).toNanos() / 1e6);
      }
    }
    return ages;
  }
}
