package io.execd.os.nativecall;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Makes clone3 look unknown to this process, all its threads and all that they start, for good. The
 * C library then falls back to clone.
 */
public final class SystemCallFilter {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int X86_64 = 0xC000003E;
  private static final int AARCH64 = 0xC00000B7;

  private static final short LOAD = 0x20;
  private static final short JUMP_IF_EQUAL = 0x15;
  private static final short RETURN = 0x06;
  private static final int NUMBER_OFFSET = 0;
  private static final int ARCHITECTURE_OFFSET = 4;
  private static final int ALLOW = 0x7fff0000;
  private static final int FAIL = 0x00050000;
  private static final int INSTRUCTION_BYTES = 8;

  private record Instruction(short code, int ifTrue, int ifFalse, int value) {}

  private SystemCallFilter() {}

  /**
   * Installs the filter, and no_new_privs, without which only an administrator may.
   *
   * @throws ErrnoException where the kernel refuses
   */
  public static void hideClone3(Linux linux) throws ErrnoException {
    Linux.check("no_new_privs", linux.call(SystemCall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    try (Arena arena = Arena.ofConfined()) {
      long filter = program(arena, instructions(linux)).address();
      int flags = SECCOMP_FILTER_FLAG_TSYNC;
      long result = linux.call(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, flags, filter);
      // A positive answer is the id of a thread that could not be brought into line.
      Linux.check("seccomp", result > 0 ? -Errno.ESRCH.number() : result);
    }
  }

  /** Whether clone3 is unknown already, by this filter or without it. */
  public static boolean clone3IsHidden(Linux linux) {
    return linux.call(SystemCall.CLONE3) == -Errno.ENOSYS.number();
  }

  /** Another architecture's numbers mean other calls: those pass. */
  private static List<Instruction> instructions(Linux linux) {
    return List.of(
        new Instruction(LOAD, 0, 0, ARCHITECTURE_OFFSET),
        new Instruction(JUMP_IF_EQUAL, 0, 3, linux.packedEvents() ? X86_64 : AARCH64),
        new Instruction(LOAD, 0, 0, NUMBER_OFFSET),
        new Instruction(JUMP_IF_EQUAL, 0, 1, linux.number(SystemCall.CLONE3)),
        new Instruction(RETURN, 0, 0, FAIL | Errno.ENOSYS.number()),
        new Instruction(RETURN, 0, 0, ALLOW));
  }

  /** struct sock_fprog and its array of struct sock_filter. */
  private static MemorySegment program(Arena arena, List<Instruction> instructions) {
    MemorySegment code = arena.allocate((long) instructions.size() * INSTRUCTION_BYTES, 8);
    for (int i = 0; i < instructions.size(); i++) {
      write(code.asSlice((long) i * INSTRUCTION_BYTES), instructions.get(i));
    }
    MemorySegment program = arena.allocate(2L * Long.BYTES, Long.BYTES);
    program.set(JAVA_SHORT, 0, (short) instructions.size());
    program.set(JAVA_LONG, Long.BYTES, code.address());
    return program;
  }

  private static void write(MemorySegment place, Instruction instruction) {
    place.set(JAVA_SHORT, 0, instruction.code());
    place.set(JAVA_BYTE, 2, (byte) instruction.ifTrue());
    place.set(JAVA_BYTE, 3, (byte) instruction.ifFalse());
    place.set(JAVA_INT, 4, instruction.value());
  }
}
