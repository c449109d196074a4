package io.execd.os.command;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The processes that the JVM waits for, on account of a {@link ProcessBuilder}. */
final class JvmWaiters {
  /** The JDK names the waiting thread so; nothing else tells. */
  private static final Pattern NAME = Pattern.compile("process reaper \\(pid (\\d+)\\)");

  private JvmWaiters() {}

  /** A snapshot. A process that was started just now may be missing. */
  static Set<Integer> pids() {
    return Arrays.stream(threads())
        .filter(Objects::nonNull)
        .map(thread -> NAME.matcher(thread.getName()))
        .filter(Matcher::matches)
        .map(name -> Integer.valueOf(name.group(1)))
        .collect(Collectors.toSet());
  }

  /** All platform threads, and nulls. */
  private static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    for (ThreadGroup up = root.getParent(); up != null; up = up.getParent()) {
      root = up;
    }
    Thread[] threads = new Thread[root.activeCount() + 64];
    int found = root.enumerate(threads);
    while (found == threads.length) {
      threads = new Thread[2 * found];
      found = root.enumerate(threads);
    }
    return threads;
  }
}
