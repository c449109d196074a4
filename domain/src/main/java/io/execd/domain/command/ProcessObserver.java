package io.execd.domain.command;

import io.execd.domain.stream.OutputSource;

/**
 * Hears of one process. Called by one thread at a time, on the adapter's I/O thread:
 * implementations must not block and must not throw. Calls may begin before the launch call has
 * returned.
 */
public interface ProcessObserver {

  /**
   * How many bytes of output are welcome now. Asked before each read; after an answer of 0 nothing
   * is read from the process, whose writes then block, until {@link RunningProcess#resumeOutput}.
   */
  int room();

  /**
   * Bytes the process wrote.
   *
   * @param bytes not empty, at most what {@link #room} allowed, except for what was already in the
   *     pipe when the process ended; owned by the observer from here on
   */
  void output(OutputSource source, byte[] bytes);

  /**
   * The process ended. Exactly once, and after all output that it had written by then, even when
   * children of it still hold the pipe.
   */
  void exited(ExitStatus status);
}
