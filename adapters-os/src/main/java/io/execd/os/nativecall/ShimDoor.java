package io.execd.os.nativecall;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Loads the shim out of the jar by way of a descriptor in memory, so that no folder has to be
 * writable or executable. The C library's {@code syscall}, which opens that descriptor, has the
 * shim's own shape: the first use of each further shape costs milliseconds.
 */
final class ShimDoor implements Door {
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final long CLOSE_ON_EXEC = 1;

  /** A constant, so that the compiler sees through it: a search takes a sixth less time. */
  private static final MethodHandle CALL = handle();

  private final MemorySegment function;

  private ShimDoor(MemorySegment function) {
    this.function = function;
  }

  /**
   * @throws UnsupportedOperationException where the shim cannot be loaded; the message says why
   */
  static ShimDoor open(Cpu cpu) {
    MemorySegment syscall =
        Linker.nativeLinker()
            .defaultLookup()
            .find("syscall")
            .orElseThrow(() -> new UnsupportedOperationException("no syscall function"));
    Door library = new ShimDoor(syscall);
    long descriptor = inMemory(library, cpu);
    try {
      return new ShimDoor(entryOf("/proc/self/fd/" + descriptor));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedOperationException("the native shim does not load", e);
    } finally {
      library.call(SystemCall.CLOSE.number(cpu), descriptor, 0, 0, 0, 0, 0);
    }
  }

  @SuppressWarnings("restricted") // a handle to native code; this package exists for it
  private static MethodHandle handle() {
    return Linker.nativeLinker().downcallHandle(SHAPE);
  }

  @SuppressWarnings("restricted") // loads native code; this package exists for it
  private static MemorySegment entryOf(String path) {
    return SymbolLookup.libraryLookup(path, Arena.global()).findOrThrow("execd_call");
  }

  private static long inMemory(Door library, Cpu cpu) {
    byte[] content = resource(cpu.library());
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom("execd").address();
      long descriptor =
          library.call(SystemCall.MEMFD_CREATE.number(cpu), name, CLOSE_ON_EXEC, 0, 0, 0, 0);
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
      long write = SystemCall.WRITE.number(cpu);
      long written = library.call(write, descriptor, bytes.address(), content.length, 0, 0, 0);
      if (descriptor < 0 || written != content.length) {
        throw new UnsupportedOperationException("no memory file for the native shim");
      }
      return descriptor;
    }
  }

  private static byte[] resource(String path) {
    try (InputStream in = ShimDoor.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new UnsupportedOperationException("the jar has no " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UnsupportedOperationException("cannot read " + path, e);
    }
  }

  @Override
  public long call(long number, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, number, a, b, c, d, e, f);
    } catch (Throwable failure) {
      throw new AssertionError("a system call cannot throw", failure);
    }
  }
}
