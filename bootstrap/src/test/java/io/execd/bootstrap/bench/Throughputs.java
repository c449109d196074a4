package io.execd.bootstrap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How many commands, lines and bytes get through. */
final class Throughputs {
  private static final int CLIENTS = 8;
  private static final int COMMANDS = 100;
  private static final int ROUNDS = 10;
  private static final int LINES_BYTES = 200_000_000;
  private static final int LONG_LINE_BYTES = 40_000_000;
  private static final String LINES = "yes %079d | head -c %d".formatted(7, LINES_BYTES);
  private static final String LONG_LINE =
      "head -c %d /dev/zero | tr '\\0' x".formatted(LONG_LINE_BYTES);

  private Throughputs() {}

  static void parallel(Lab lab) throws IOException, InterruptedException {
    Floor floor = lab.machine().rate(CLIENTS, lab.rounds(COMMANDS), "bash", "-c", "true");
    Samples samples = lab.sample(lab.rounds(ROUNDS) / 2 + 1, () -> commandsPerSecond(lab));
    lab.report()
        .figure("8 clients running true", "commands/s", samples, Target.atLeast(400), floor);
  }

  private static double commandsPerSecond(Lab lab) throws IOException, InterruptedException {
    int count = lab.rounds(COMMANDS);
    long begin = System.nanoTime();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Boolean>> loops = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loops.add(() -> runCommands(lab, count));
      }
      for (Future<Boolean> loop : clients.invokeAll(loops)) {
        loop.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("a client failed", failed.getCause());
    }
    return CLIENTS * count / ((System.nanoTime() - begin) / 1e9);
  }

  private static boolean runCommands(Lab lab, int count) throws IOException {
    try (HttpConnection connection = lab.daemon().connect()) {
      for (int i = 0; i < count; i++) {
        connection.command("true").readToEnd();
      }
    }
    return true;
  }

  static void lines(Lab lab) throws IOException, InterruptedException {
    flow(lab, "80-byte lines", LINES, LINES_BYTES);
  }

  static void longLine(Lab lab) throws IOException, InterruptedException {
    OptionalDouble before = resident(lab);
    flow(lab, "one line of 40 MB", LONG_LINE, LONG_LINE_BYTES);
    TimeUnit.SECONDS.sleep(1); // let the daemon settle
    OptionalDouble after = resident(lab);
    if (before.isPresent() && after.isPresent()) {
      Samples growth = new Samples(after.getAsDouble() - before.getAsDouble());
      lab.report().figure("its RSS growth", "MB", growth, Target.none(), Floor.none());
    }
  }

  private static OptionalDouble resident(Lab lab) throws IOException {
    return lab.daemon().figures().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(lab.daemon().figures().get().residentMegabytes());
  }

  private static void flow(Lab lab, String name, String command, int bytes)
      throws IOException, InterruptedException {
    double megabytes = bytes / 1e6;
    List<Double> cpu = new ArrayList<>();
    Samples rates;
    try (HttpConnection connection = lab.daemon().connect()) {
      rates =
          lab.sample(
              lab.rounds(ROUNDS), () -> measureFlow(lab, connection, command, megabytes, cpu));
    }
    lab.report().figure(name, "MB/s", rates, Target.atLeast(100), pipe(lab, command, megabytes));
    if (!cpu.isEmpty()) {
      String figure = "daemon CPU for it";
      lab.report().figure(figure, "ms/MB", Samples.of(cpu), Target.atMost(8), Floor.none());
    }
  }

  private static double measureFlow(
      Lab lab, HttpConnection connection, String command, double megabytes, List<Double> cpu)
      throws IOException {
    OptionalDouble cpuBefore = lab.cpuMillis();
    long begin = System.nanoTime();
    long received = connection.command(command).readToEnd();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (received < megabytes * 1e6) {
      throw new IOException("output was lost: %d bytes came".formatted(received));
    }
    OptionalDouble cpuAfter = lab.cpuMillis();
    if (cpuBefore.isPresent() && cpuAfter.isPresent()) {
      cpu.add((cpuAfter.getAsDouble() - cpuBefore.getAsDouble()) / megabytes);
    }
    return megabytes / seconds;
  }

  private static Floor pipe(Lab lab, String command, double megabytes)
      throws IOException, InterruptedException {
    List<Double> rates = new ArrayList<>();
    Floor last = Floor.none();
    for (int i = 0; i < lab.rounds(ROUNDS); i++) {
      last = lab.machine().floor("pipe", "drain", "bash", "-c", command);
      last.samples().ifPresent(millis -> rates.add(megabytes * 1000 / millis.median()));
    }
    return rates.isEmpty() ? last : Floor.of("pipe", Samples.of(rates));
  }
}
