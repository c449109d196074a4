package io.execd.domain.command;

/** How a process really ended, as the kernel's wait status tells it; never made up. */
public sealed interface ExitStatus {

  /** It called exit with this code, 0 to 255. */
  record Exited(int code) implements ExitStatus {}

  /**
   * A signal ended it.
   *
   * @param signal the signal's number
   * @param coreDumped whether the kernel wrote a core file
   * @param outOfMemory whether the kernel's memory limit was the sender, as far as can be told
   */
  record Signaled(int signal, boolean coreDumped, boolean outOfMemory) implements ExitStatus {}

  default boolean success() {
    return this instanceof Exited(int code) && code == 0;
  }
}
