package io.execd.os.nativecall;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.execd.domain.command.Identity;
import io.execd.domain.command.LaunchStage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A spawn request as struct spawn_request of shim.c has it. */
final class SpawnLayout {
  private static final int WORDS = 22;
  private static final int SET_IDENTITY = 1;
  private static final int SET_FILE_LIMIT = 4;
  private static final int FILE_LIMIT = 13;
  private static final int PID = 18;

  /** A change of user touches a flag of the memory that the child shares with the daemon. */
  private static final ReentrantLock ONE_IDENTITY_AT_A_TIME = new ReentrantLock();

  private final SpawnRequest request;
  private final Inheritance inheritance;

  private SpawnLayout(SpawnRequest request, Inheritance inheritance) {
    this.request = request;
    this.inheritance = inheritance;
  }

  static SpawnOutcome run(SpawnRequest request, Inheritance inheritance, Door door) {
    return new SpawnLayout(request, inheritance).run(door);
  }

  private SpawnOutcome run(Door door) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = layOut(arena);
      call(door, words.address());
      return outcome(words);
    }
  }

  private void call(Door door, long address) {
    if (request.identity().isEmpty()) {
      door.call(Door.SPAWN, address, 0, 0, 0, 0, 0);
      return;
    }
    ONE_IDENTITY_AT_A_TIME.lock();
    try {
      door.call(Door.SPAWN, address, 0, 0, 0, 0, 0);
    } finally {
      ONE_IDENTITY_AT_A_TIME.unlock();
    }
  }

  /** The words of struct spawn_request in shim.c, in its order. */
  private MemorySegment layOut(Arena arena) {
    MemorySegment words = arena.allocate(JAVA_LONG, WORDS);
    set(words, 0, SET_FILE_LIMIT | (request.identity().isPresent() ? SET_IDENTITY : 0));
    set(words, 1, strings(arena, request.programs()));
    set(words, 2, strings(arena, request.arguments()));
    set(words, 3, strings(arena, request.environment()));
    request
        .directory()
        .ifPresent(path -> set(words, 4, arena.allocateFrom(path, ISO_8859_1).address()));
    set(words, 5, request.descriptors().input());
    set(words, 6, request.descriptors().output());
    set(words, 7, request.descriptors().error());
    set(words, 8, request.descriptors().extra());
    request.identity().ifPresent(who -> layOut(arena, words, who));
    layOut(arena, words, inheritance);
    return words;
  }

  private static void layOut(Arena arena, MemorySegment words, Inheritance inheritance) {
    set(words, FILE_LIMIT, inheritance.softFiles());
    set(words, FILE_LIMIT + 1, inheritance.hardFiles());
    set(words, FILE_LIMIT + 2, inheritance.ignoredSignals());
    inheritance
        .oomScore()
        .ifPresent(score -> {
          String digits = Long.toString(score);
          set(words, FILE_LIMIT + 3, arena.allocateFrom(digits).address());
          set(words, FILE_LIMIT + 4, digits.length());
        });
  }

  private static void layOut(Arena arena, MemorySegment words, Identity who) {
    int[] groups = who.groups().stream().mapToInt(Long::intValue).toArray();
    set(words, 9, who.uid());
    set(words, 10, who.gid());
    set(words, 11, groups.length);
    set(words, 12, arena.allocateFrom(ValueLayout.JAVA_INT, groups).address());
  }

  static long strings(Arena arena, List<String> texts) {
    MemorySegment pointers = arena.allocate(JAVA_LONG, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      set(pointers, i, arena.allocateFrom(texts.get(i)).address());
    }
    return pointers.address();
  }

  private static void set(MemorySegment words, int index, long value) {
    words.setAtIndex(JAVA_LONG, index, value);
  }

  private static SpawnOutcome outcome(MemorySegment words) {
    int error = (int) words.getAtIndex(JAVA_LONG, PID + 2);
    if (error == 0) {
      int pid = (int) words.getAtIndex(JAVA_LONG, PID);
      return new SpawnOutcome.Spawned(pid, (int) words.getAtIndex(JAVA_LONG, PID + 1));
    }
    return new SpawnOutcome.NotSpawned(
        stage((int) words.getAtIndex(JAVA_LONG, PID + 3), error), Errno.describe(error));
  }

  /** The stages of shim.c. A user's limit of processes is met only at the last of them. */
  private static LaunchStage stage(int stage, int error) {
    boolean limit = Errno.describe(error).equals(Errno.EAGAIN.error());
    return switch (stage) {
      case 0 -> LaunchStage.RESOURCES;
      case 1 -> LaunchStage.IDENTITY;
      case 2 -> LaunchStage.DIRECTORY;
      default -> limit ? LaunchStage.RESOURCES : LaunchStage.PROGRAM;
    };
  }
}
