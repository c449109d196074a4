package io.execd.domain.command;

/** Why the daemon ends a command that has not ended by itself. */
public enum StopCause {
  /** A caller asked for it. */
  INTERRUPT,
  /** Its own timeout is over. */
  TIMEOUT,
  /** The client that read its output is gone. */
  CLIENT_GONE,
  /** The daemon stops. */
  SHUTDOWN
}
