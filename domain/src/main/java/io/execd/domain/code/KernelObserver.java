package io.execd.domain.code;

import io.execd.domain.stream.ExecutionEvent;

/**
 * Hears of one execution. Called by one thread at a time, which it may not hold up: implementations
 * do not block and do not throw.
 */
public interface KernelObserver {

  /**
   * How many bytes of output are welcome now; after an answer of 0 nothing more is read from the
   * kernel until {@link Kernel#resume}. An event may be larger than the answer.
   */
  int room();

  /** Something happened; never a terminal event. */
  void event(ExecutionEvent event);

  /** The execution is over. Exactly once, after all its events. */
  void ended(KernelEnd end);
}
