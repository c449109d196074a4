package io.execd.domain.code;

import java.util.List;

/** How one execution ended. */
public sealed interface KernelEnd {

  /** The code ran to its end. */
  record Finished() implements KernelEnd {}

  /**
   * The code raised.
   *
   * @param traceback zero or more lines, as the kernel made them
   */
  record Raised(String name, String value, List<String> traceback) implements KernelEnd {
    public Raised {
      traceback = List.copyOf(traceback);
    }
  }

  /**
   * The code ended, but what it said did not arrive in full: whether it succeeded is unknown. The
   * kernel keeps its state and can be used again.
   *
   * @param reason what did not arrive
   */
  record Lost(String reason) implements KernelEnd {}

  /**
   * The kernel, or the way to it, broke meanwhile.
   *
   * @param gone whether the kernel is gone for good; else a later execution may succeed, perhaps
   *     without the state of earlier ones
   */
  record Died(String reason, boolean gone) implements KernelEnd {}
}
