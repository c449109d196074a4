package io.execd.bootstrap.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the bare machine can do, measured by a small C program.
 *
 * @param program empty where there is no C compiler
 */
record Machine(Optional<Path> program) {
  private static final String SOURCE = "floor.c";
  private static final Floor ABSENT = Floor.absent("no floor: there is no cc here");

  /** Compiles the program. */
  static Machine prepare(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve(SOURCE);
    Path program = folder.resolve("floor");
    try (InputStream text = Machine.class.getResourceAsStream(SOURCE)) {
      Files.copy(java.util.Objects.requireNonNull(text, SOURCE), source);
    }
    try {
      List<String> compile = List.of("cc", "-O2", "-o", program.toString(), source.toString());
      boolean compiled = new ProcessBuilder(compile).inheritIO().start().waitFor() == 0;
      return new Machine(compiled ? Optional.of(program) : Optional.empty());
    } catch (IOException noCompiler) {
      return new Machine(Optional.empty());
    }
  }

  /** Runs the program; its numbers are times in microseconds, the result's in milliseconds. */
  Floor floor(String name, String... words) throws IOException, InterruptedException {
    if (program.isEmpty()) {
      return ABSENT;
    }
    Process process = run(program.get(), words);
    List<Double> values = new ArrayList<>();
    try (InputStream output = process.getInputStream()) {
      for (String line :
          new String(output.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
        values.add(Double.parseDouble(line) / 1000);
      }
    }
    process.waitFor();
    return Floor.of(name, Samples.of(values));
  }

  private static Process run(Path program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(words));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** How often the command can be run in a second by this many loops at once. */
  Floor rate(int loops, int count, String... command) throws IOException, InterruptedException {
    if (program.isEmpty()) {
      return ABSENT;
    }
    List<String> words = new ArrayList<>(List.of("spawn", "" + count));
    words.addAll(Arrays.asList(command));
    List<Process> running = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < loops; i++) {
      running.add(run(program.get(), words.toArray(String[]::new)));
    }
    for (Process process : running) {
      process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      process.waitFor();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return Floor.of(loops + " posix_spawn loops", new Samples(loops * count / seconds));
  }
}
