package io.execd.os.command;

import io.execd.domain.command.LaunchSpec;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The variables that a process gets beside those it was to have: PWD, which is its working
 * directory, and one whose value no other process was started with, by which descendants are known
 * that have left their group and their parents.
 */
final class ChildEnvironment {
  private static final String MARK = "EXECD_PROCESS_TREE";
  private static final String DIRECTORY = "PWD";
  private static final String DAEMON =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  private static final AtomicLong NUMBERS = new AtomicLong();

  private ChildEnvironment() {}

  /** An entry that no process was started with so far. */
  static String newMark() {
    return MARK + "=" + DAEMON + "-" + NUMBERS.incrementAndGet();
  }

  /** The entries of the form {@code NAME=value}, the mark among them. */
  static List<String> entries(LaunchSpec spec, String mark) {
    Stream<String> asked =
        spec.environment().entrySet().stream()
            .filter(entry -> !entry.getKey().equals(MARK))
            .map(entry -> entry.getKey() + "=" + entry.getValue());
    Stream<String> own = directory(spec).map(path -> DIRECTORY + "=" + path).stream();
    return Stream.of(asked, own, Stream.of(mark)).flatMap(entries -> entries).toList();
  }

  /** Adds the working directory to an environment of which only that is missing. */
  static void addDirectory(LaunchSpec spec, Map<String, String> environment) {
    directory(spec).ifPresent(path -> environment.put(DIRECTORY, path));
  }

  /** As a shell would have it; empty when it was set, or cannot be told. */
  private static Optional<String> directory(LaunchSpec spec) {
    if (spec.environment().containsKey(DIRECTORY)) {
      return Optional.empty();
    }
    String path = spec.directory().orElse("");
    String whole = path.startsWith("/") ? path : System.getProperty("user.dir", "/") + "/" + path;
    List<String> names =
        Stream.of(whole.split("/")).filter(name -> !name.isEmpty() && !name.equals(".")).toList();
    if (whole.contains("\\x")) {
      return Optional.empty(); // bytes that no text of a variable can have
    }
    return names.contains("..") ? real(whole) : Optional.of("/" + String.join("/", names));
  }

  /** What leads up again may lead elsewhere than it seems, behind a link. */
  private static Optional<String> real(String path) {
    try {
      return Optional.of(Path.of(path).toRealPath().toString());
    } catch (IOException | InvalidPathException unknown) {
      return Optional.empty();
    }
  }
}
