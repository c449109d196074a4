package io.execd.domain.command;

/** How a process really ended, as the kernel's wait status tells it; never made up. */
public sealed interface ExitStatus {

  /**
   * It called exit.
   *
   * @param code 0 to 255
   * @param outOfMemory whether the code tells of a child that the kernel's memory limit killed, as
   *     far as can be told
   */
  record Exited(int code, boolean outOfMemory) implements ExitStatus {
    /** One that has nothing to do with memory. */
    public Exited(int code) {
      this(code, false);
    }
  }

  /**
   * A signal ended it.
   *
   * @param signal the signal's number
   * @param coreDumped whether the kernel wrote a core file
   * @param outOfMemory whether the kernel's memory limit was the sender, as far as can be told
   */
  record Signaled(int signal, boolean coreDumped, boolean outOfMemory) implements ExitStatus {}

  default boolean success() {
    return this instanceof Exited(int code, boolean _) && code == 0;
  }
}
