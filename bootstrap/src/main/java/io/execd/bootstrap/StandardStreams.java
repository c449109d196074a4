package io.execd.bootstrap;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The descriptors 0, 1 and 2, of which each that is closed would be given to the next file or
 * socket that is opened, to be written to as if it were stdout. The start script sees to that
 * before the JVM opens files; under {@code java -jar} some of them are read-only files of the JVM
 * by now, and the rest are filled here.
 */
final class StandardStreams {
  private static final String DESCRIPTORS = "/proc/self/fd/";
  private static final int COUNT = 3;

  /** Never closed: that would free the descriptor. */
  private static final List<FileOutputStream> HELD = new ArrayList<>();

  private StandardStreams() {}

  /** To be called before anything is opened. */
  static void fill() {
    if (!new File(DESCRIPTORS).isDirectory()) {
      return;
    }
    for (int descriptor = 0; descriptor < COUNT; descriptor++) {
      if (!new File(DESCRIPTORS + descriptor).exists()) {
        hold();
      }
    }
  }

  /** The kernel gives the lowest number that is free. */
  private static void hold() {
    try {
      HELD.add(new FileOutputStream("/dev/null"));
    } catch (FileNotFoundException missing) {
      // Then there is nothing to fill it with.
      return;
    }
  }
}
