package io.execd.os.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads /proc. Where the kernel does not list children, there are none. */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /**
   * One process.
   *
   * @param zombie whether it has ended and waits to be reaped
   * @param startTicks since the machine's start; with the id it names a process for good
   */
  record Row(boolean zombie, int parent, int group, int session, long startTicks) {}

  private ProcessTable() {}

  /** Of all the threads of a process. */
  static List<Integer> children(int pid) {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder(pid).resolve("task"))) {
      for (Path thread : threads) {
        found.addAll(children(thread));
      }
    } catch (IOException gone) {
      return found;
    }
    return found;
  }

  /** Of the first thread of a process alone. */
  static List<Integer> childrenOfFirstThread(int pid) {
    return children(folder(pid).resolve("task").resolve(String.valueOf(pid)));
  }

  private static List<Integer> children(Path thread) {
    try {
      return Stream.of(Files.readString(thread.resolve("children")).trim().split(" ", -1))
          .filter(word -> !word.isEmpty())
          .map(Integer::valueOf)
          .toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** Empty when there is no such process. */
  static Optional<Row> row(int pid) {
    try {
      String stat = Files.readString(folder(pid).resolve("stat"), ISO_8859_1);
      return Optional.of(row(stat));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The fields come after the program's name, which may hold anything. */
  private static Row row(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Row(
        fields[0].equals("Z"),
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        Long.parseLong(fields[19]));
  }

  /**
   * Whether the process was started with this entry in its environment. False where that cannot be
   * read, as of a process of another user without the right to trace it.
   */
  static boolean hasVariable(int pid, String entry) {
    try {
      String block = Files.readString(folder(pid).resolve("environ"), ISO_8859_1);
      return ("\0" + block).contains("\0" + entry + "\0");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static Path folder(int pid) {
    return PROC.resolve(String.valueOf(pid));
  }
}
