package io.execd.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** How many requests a second the server answers, turn by turn with a bare server. */
final class Pings {
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 10;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Target TARGET = Target.atLeast(80_000);
  private static final String UNIT = "requests/s";

  /** A way to measure a server. */
  private interface Load {
    OptionalDouble measure(Daemon server) throws IOException, InterruptedException;
  }

  private Pings() {}

  static void run(Lab lab) throws IOException, InterruptedException {
    try (Daemon bare = bare(lab)) {
      compare(lab, bare, "/ping, 32 connections", Pings::ours);
      compare(lab, bare, "/ping, wrk -t1 -c32", server -> Wrk.measure(server.address()));
    }
  }

  private static OptionalDouble ours(Daemon server) throws IOException {
    return OptionalDouble.of(PingLoad.measure(server.address(), CONNECTIONS, ROUND_NANOS));
  }

  private static void compare(Lab lab, Daemon bare, String name, Load load)
      throws IOException, InterruptedException {
    List<Double> rates = new ArrayList<>();
    List<Double> floors = new ArrayList<>();
    load.measure(lab.daemon());
    load.measure(bare);
    for (int i = 0; i < lab.rounds(ROUNDS); i++) {
      load.measure(lab.daemon()).ifPresent(rates::add);
      load.measure(bare).ifPresent(floors::add);
    }
    if (rates.isEmpty()) {
      lab.report().absent(name, "wrk is not installed");
    } else {
      Floor floor = Floor.of("bare Grizzly", Samples.of(floors));
      lab.report().figure(name, UNIT, Samples.of(rates), TARGET, floor);
    }
  }

  /** In a JVM with the flags of the daemon. */
  private static Daemon bare(Lab lab) throws IOException {
    List<String> command = new ArrayList<>(java(lab));
    command.add("-cp");
    command.add(System.getProperty("java.class.path") + ":" + lab.options().jar());
    command.add(BareGrizzly.class.getName());
    command.add("%d");
    // Grizzly answers 404 between opening the port and taking up its handlers.
    return Daemon.listening(command, Map.of(), lab.folder().resolve("bare-log"));
  }

  /** The program and flags of the daemon's own JVM, without its class archive. */
  private static List<String> java(Lab lab) throws IOException {
    Optional<ProcessFigures> daemon = lab.daemon().figures();
    if (daemon.isEmpty()) {
      return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
    Path file = Path.of("/proc/" + daemon.get().pid() + "/cmdline");
    List<String> words = List.of(Files.readString(file).split("\0"));
    return words.subList(0, words.indexOf("-jar")).stream()
        .filter(word -> !word.startsWith("-XX:AOTCache"))
        .toList();
  }
}
