package io.execd.application.command;

import io.execd.domain.command.CommandId;
import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.CommandStatus;

/**
 * In-port: shell commands and programs. Every method throws {@link io.execd.domain.Failure}: {@code
 * INVALID_REQUEST} for a request that cannot be used, {@code NOT_READY} while the daemon stops. All
 * are safe for any number of threads.
 */
public interface Commands {

  /**
   * Starts a command whose output its caller reads. When the caller closes the reader before the
   * end, the command is killed. Blocks for about a millisecond.
   */
  CommandExecution run(CommandRequest request);

  /**
   * Starts a command that outlives the request and writes to a log; the events only say that it was
   * started, or why not. Blocks for about a millisecond.
   */
  CommandExecution start(CommandRequest request);

  /**
   * Asks a running command to end, and kills it when it has not ended after three seconds.
   *
   * @throws io.execd.domain.Failure RUNTIME_ERROR when the id is unknown or the command is over
   */
  void interrupt(CommandId id);

  /**
   * What is known of a command.
   *
   * @throws io.execd.domain.Failure COMMAND_NOT_FOUND
   */
  CommandStatus status(CommandId id);

  /**
   * The log of a background command from a byte offset on, up to what is there now.
   *
   * @param cursor not negative; beyond the end it means the end
   * @throws io.execd.domain.Failure COMMAND_NOT_FOUND; INVALID_REQUEST for a foreground command,
   *     which has no log
   */
  LogSlice logs(CommandId id, long cursor);
}
