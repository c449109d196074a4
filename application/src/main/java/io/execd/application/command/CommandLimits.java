package io.execd.application.command;

import io.execd.domain.stream.StreamLimits;
import java.time.Duration;

/**
 * The bounds of the command slice.
 *
 * @param retentionTime how long the record and the log of a finished command are kept
 * @param retainedCommands how many finished commands are kept at most
 * @param retainedLogBytes how many bytes their logs may take on disk together
 * @param killGrace how long a command may take to end after it was asked to
 * @param stream the bounds of the output that waits for a slow client
 */
public record CommandLimits(
    Duration retentionTime,
    int retainedCommands,
    long retainedLogBytes,
    Duration killGrace,
    StreamLimits stream) {
  /** A longer command is remembered up to here, in characters. */
  static final int CONTENT_CHARS = 256 * 1024;

  /** What the remembered texts of finished commands may take in memory together. */
  static final int RETAINED_CONTENT_CHARS = 4 * 1024 * 1024;

  private static final Duration KILL_GRACE = Duration.ofSeconds(3);

  /** 256 KiB may wait for a client, 4 KiB while memory is scarce; nothing is kept for others. */
  private static final StreamLimits STREAM = new StreamLimits(256 * 1024, 4 * 1024, 0);

  /** The limits with the retention that the daemon's owner chose. */
  public static CommandLimits retaining(Duration time, int commands, long logBytes) {
    return new CommandLimits(time, commands, logBytes, KILL_GRACE, STREAM);
  }
}
