package io.execd.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux tells of a process. */
record ProcessFigures(long pid) {
  /** The unit of times in {@code /proc}, which is the same on all Linux machines. */
  private static final double TICK_MILLIS = 10;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  double residentMegabytes() throws IOException {
    return status("VmRSS:") / 1024.0;
  }

  int threads() throws IOException {
    return status("Threads:");
  }

  /** Processor time used so far by all threads, in user and kernel. */
  double cpuMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return ticks * TICK_MILLIS;
  }

  /** Open files, sockets and pipes. */
  long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }

  private int status(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(key)) {
        return Integer.parseInt(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no " + key + " of process " + pid);
  }
}
