package io.execd.domain.code;

import io.execd.domain.stream.ExecutionEvent;

/**
 * Hears of one execution. Its events come one after the other, its end from any thread;
 * implementations neither block nor throw.
 */
public interface KernelObserver {

  /**
   * How many bytes of output are welcome now; after an answer of 0 nothing more is read from the
   * kernel until {@link Kernel#resume}. An event may be larger than the answer.
   */
  int room();

  /** Something happened; never a terminal event. */
  void event(ExecutionEvent event);

  /** The execution is over. Exactly once; events after it do not count. */
  void ended(KernelEnd end);
}
