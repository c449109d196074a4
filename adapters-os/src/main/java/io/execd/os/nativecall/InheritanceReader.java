package io.execd.os.nativecall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Finds out what there is to inherit: from the start script's properties, else from /proc. */
final class InheritanceReader {
  private static final String FILES_PROPERTY = "execd.given.files";
  private static final String IGNORED_PROPERTY = "execd.given.ignored";

  /**
   * How much more likely than the daemon a child is to be killed when memory is scarce. The kernel
   * adds as many thousandths of all memory to what a process uses: half of it makes the smallest
   * child go before the daemon wherever the daemon takes less than half.
   */
  private static final long OOM_MARGIN = 500;

  private static final long OOM_MOST = 1000;

  /** Signals 32 and 33 are the C library's own. */
  private static final long OF_THE_LIBRARY = 3L << 31;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path OOM_SCORE = Path.of("/proc/self/oom_score_adj");

  private InheritanceReader() {}

  /**
   * What this process can hand on.
   *
   * @param softFiles the soft limit of open files as it is now
   * @param hardFiles the hard limit of open files
   */
  static Inheritance read(long softFiles, long hardFiles) {
    return new Inheritance(given(softFiles, hardFiles), hardFiles, ignored(), oomScoreOfChild());
  }

  private static long given(long now, long hard) {
    String noted = System.getProperty(FILES_PROPERTY, "");
    if (!noted.matches("[0-9]{1,18}")) {
      return now;
    }
    long soft = Long.parseLong(noted);
    return hard >= 0 ? Math.min(soft, hard) : soft;
  }

  private static long ignored() {
    String noted = System.getProperty(IGNORED_PROPERTY, "");
    String bits = noted.matches("[0-9a-f]{1,16}") ? noted : ignoredNow();
    return Long.parseUnsignedLong(bits, 16) & ~OF_THE_LIBRARY;
  }

  private static String ignoredNow() {
    final String field = "SigIgn:";
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(field.length()).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException unknown) {
      return "0";
    }
  }

  private static OptionalLong oomScoreOfChild() {
    try {
      long own = Long.parseLong(Files.readString(OOM_SCORE).strip());
      return OptionalLong.of(Math.min(OOM_MOST, own + OOM_MARGIN));
    } catch (IOException | NumberFormatException unknown) {
      return OptionalLong.empty();
    }
  }
}
