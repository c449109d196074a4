package io.execd.domain.code;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A running kernel: it keeps state and runs one piece of code at a time; that nobody asks for a
 * second one meanwhile is the caller's business. Safe for any thread.
 */
public interface Kernel extends AutoCloseable {

  /** The id that callers know it by. */
  ContextId id();

  /** Why the kernel is gone for good, as far as is known without asking. Does not block. */
  Optional<String> lost();

  /**
   * Starts running code and returns when it is on its way. Blocks while a lost connection is made
   * anew. The observer may be called before this returns.
   *
   * @throws io.execd.domain.Failure when nothing was started and the observer will not be called:
   *     CONTEXT_NOT_FOUND when the kernel is gone for good, NOT_READY when it cannot be reached now
   */
  void execute(String code, KernelObserver observer);

  /** The observer has room again after it answered 0. Does not block. */
  void resume();

  /**
   * Interrupts the code that runs, as Ctrl-C does; whether it ends is up to it. Does not block; a
   * no-op when nothing runs.
   *
   * @return completed, within seconds, when the kernel was told; exceptionally, with a {@link
   *     io.execd.domain.Failure}, when it could not be
   */
  CompletableFuture<Void> interrupt();

  /**
   * Ends the kernel, whatever it does. Blocks, for seconds at most. Idempotent. An observer that
   * still waits hears that the kernel died.
   */
  @Override
  void close();
}
