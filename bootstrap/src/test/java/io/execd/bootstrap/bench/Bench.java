package io.execd.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The one program: prepares the lab, runs the benchmarks asked for, and cleans up. */
final class Bench {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int ARCHIVE_PAUSES = 600;

  /** Runs only when it is asked for: it takes minutes, and its table is of another kind. */
  private static final String SIEGE = "siege";

  /** A benchmark reports its figures itself. */
  interface Benchmark {
    void run(Lab lab) throws IOException, InterruptedException;
  }

  private Bench() {}

  /** In the order in which they run: what needs the daemon fresh comes first, the sum last. */
  private static SequencedMap<String, Benchmark> all() {
    SequencedMap<String, Benchmark> all = new LinkedHashMap<>();
    all.put("idle", Memory::idle);
    all.put("start", Starts::run);
    all.put("ping", Pings::run);
    all.put("true", Latencies::wholeCommand);
    all.put("echo", Latencies::firstOutput);
    all.put("relay", Latencies::relay);
    all.put("parallel", Throughputs::parallel);
    all.put("lines", Throughputs::lines);
    all.put("long-line", Throughputs::longLine);
    all.put("streams", Streams::run);
    all.put("code", CodeRuns::run);
    all.put("transfers", FileFigures::transfers);
    all.put("small-files", FileFigures::small);
    all.put("search", FileFigures::search);
    all.put("info", FileFigures::info);
    all.put("uploads", FileFigures::parallel);
    all.put("huge-file", FileFigures::huge);
    all.put("memory", Memory::afterAll);
    all.put(SIEGE, Siege::run);
    return all;
  }

  public static void main(String... words) throws IOException, InterruptedException {
    SequencedMap<String, Benchmark> chosen = all();
    Options options;
    try {
      options = Options.parse(words);
      if (!chosen.keySet().containsAll(options.names())) {
        throw new IllegalArgumentException("no such benchmark in: " + options.names());
      }
    } catch (IllegalArgumentException bad) {
      System.err.println(bad.getMessage() + "\n" + Options.USAGE + "          " + chosen.keySet());
      System.exit(2);
      return;
    }
    if (options.names().isEmpty()) {
      chosen.remove(SIEGE);
    } else {
      chosen.keySet().retainAll(options.names());
    }
    Path folder = Files.createTempDirectory("execd-bench");
    try {
      run(options, folder, chosen);
    } finally {
      delete(folder);
    }
  }

  private static void run(Options options, Path folder, Map<String, Benchmark> chosen)
      throws IOException, InterruptedException {
    Machine machine = Machine.prepare(folder);
    try (Daemon daemon = daemon(options, folder)) {
      Report report = new Report(System.out);
      report.head();
      Lab lab = new Lab(options, folder, daemon, machine, report);
      for (Benchmark benchmark : chosen.values()) {
        benchmark.run(lab);
      }
    }
  }

  private static Daemon daemon(Options options, Path folder) throws IOException {
    if (options.address().isPresent()) {
      return Daemon.running(options.address().get(), options.figures());
    }
    List<String> command = List.of(options.execd().toString(), "--port", "%d");
    try (Daemon _ = start(folder, command)) {
      awaitArchive(folder);
    }
    return start(folder, command);
  }

  static Daemon start(Path folder, List<String> command) throws IOException {
    return Daemon.start(command, Lab.variables(folder), folder.resolve("log"));
  }

  /** The first start has a class archive made, which later ones use. */
  private static void awaitArchive(Path folder) throws IOException {
    for (int pause = 0; pause < ARCHIVE_PAUSES && !hasArchive(folder); pause++) {
      LockSupport.parkNanos(PAUSE_NANOS); // a script of the daemon's makes it, and tells nobody
    }
    if (!hasArchive(folder)) {
      System.err.println("no class archive was made: what follows is without one");
    }
  }

  private static boolean hasArchive(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".aot"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
