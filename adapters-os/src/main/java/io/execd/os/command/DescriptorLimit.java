package io.execd.os.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many descriptors this process may have open. */
public final class DescriptorLimit {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String NAME = "Max open files";

  /** What POSIX promises; taken where the machine does not tell. */
  private static final int LEAST = 256;

  private DescriptorLimit() {}

  /** The soft limit of now. */
  public static int read() {
    return read(LIMITS);
  }

  static int read(Path limits) {
    try {
      return of(Files.readAllLines(limits));
    } catch (IOException unknown) {
      return LEAST;
    }
  }

  private static int of(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(NAME))
        .map(line -> line.substring(NAME.length()).strip().split("\\s+", 2)[0])
        .filter(limit -> limit.matches("[0-9]{1,9}"))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(lines.isEmpty() ? LEAST : Integer.MAX_VALUE);
  }
}
