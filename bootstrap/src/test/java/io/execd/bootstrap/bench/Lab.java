package io.execd.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What every benchmark works with.
 *
 * @param folder for files that nobody needs afterwards
 * @param daemon the one that all benchmarks share, so that its memory tells of all of them
 * @param machine what the bare machine can do
 */
record Lab(Options options, Path folder, Daemon daemon, Machine machine, Report report) {
  /** One measurement. */
  interface Round {
    double measure() throws IOException, InterruptedException;
  }

  /** How often to do what should be done this often. */
  int rounds(int many) {
    return options.quick() ? Math.max(3, many / 5) : many;
  }

  /** Measures this often, after a fifth as many rounds that do not count. */
  Samples sample(int rounds, Round round) throws IOException, InterruptedException {
    for (int i = 0; i < rounds / 5; i++) {
      round.measure();
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      values.add(round.measure());
    }
    return Samples.of(values);
  }

  /** The daemon's processor time so far, if it can be seen. */
  OptionalDouble cpuMillis() throws IOException {
    return daemon.figures().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(daemon.figures().get().cpuMillis());
  }

  /** Starts another daemon, whose class archive is kept in our folder. */
  Daemon start(List<String> command) throws IOException {
    return Bench.start(folder, command);
  }

  static Map<String, String> variables(Path folder) {
    return Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }
}
