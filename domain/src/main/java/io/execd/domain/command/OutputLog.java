package io.execd.domain.command;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The log that a process writes its output to, stdout and stderr joined, without the daemon
 * between. While nobody reads it, the daemon holds nothing open for it. Offsets are bytes from the
 * start. Safe for any number of threads.
 */
public interface OutputLog extends AutoCloseable {

  /**
   * The bytes written so far. 0 once closed.
   *
   * @throws io.execd.domain.Failure RUNTIME_ERROR when others have removed the log
   */
  long size();

  /**
   * Copies the bytes between two offsets, which must lie within {@link #size}, to the sink. Blocks
   * while the sink does.
   *
   * @throws IOException when the sink or the disk fails
   */
  void copy(long from, long to, OutputStream sink) throws IOException;

  /** Gives the space back. Idempotent. A process that still writes is not disturbed. */
  @Override
  void close();
}
