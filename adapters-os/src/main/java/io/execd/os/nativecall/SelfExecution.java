package io.execd.os.nativecall;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Replaces this process by a fresh start of the same program, with the same arguments. */
public final class SelfExecution {
  private static final String PROGRAM = "/proc/self/exe";
  private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");
  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final long ALL = 0xffffffffL;
  private static final int FIRST = 3;
  private static final int SIG_SETMASK = 2;

  private SelfExecution() {}

  /**
   * Does not return, unless it fails. All threads end, descriptors from 3 up are closed.
   *
   * @param environment entries of the form {@code NAME=value}
   * @throws IOException when the program cannot be executed
   */
  public static void again(Linux linux, List<String> environment) throws IOException {
    byte[] arguments = Files.readAllBytes(ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      linux.call(SystemCall.CLOSE_RANGE, FIRST, ALL, CLOSE_RANGE_CLOEXEC);
      long empty = arena.allocate(Long.BYTES, Long.BYTES).address();
      linux.call(SystemCall.RT_SIGPROCMASK, SIG_SETMASK, empty, 0, Long.BYTES);
      long program = arena.allocateFrom(PROGRAM).address();
      long words = strings(arena, arguments);
      long variables = SpawnLayout.strings(arena, environment);
      Linux.check("execve", linux.call(SystemCall.EXECVE, program, words, variables));
    }
  }

  /** Pointers into one copy of NUL-terminated strings. */
  private static long strings(Arena arena, byte[] block) {
    MemorySegment copy = arena.allocateFrom(JAVA_BYTE, block);
    long[] pointers = new long[block.length + 2];
    int count = 0;
    int start = 0;
    for (int i = 0; i < block.length; i++) {
      if (block[i] == 0) {
        pointers[count++] = copy.address() + start;
        start = i + 1;
      }
    }
    return arena.allocateFrom(JAVA_LONG, Arrays.copyOf(pointers, count + 1)).address();
  }
}
