package io.execd.domain.stream;

/** Why an execution ended with an error event (contract, section 3). */
public enum ErrorCode {
  /** It ran and did not exit 0, or the code raised. */
  COMMAND_FAILED,
  /** Its own timeout ended it. */
  EXECUTION_TIMEOUT,
  /** A caller interrupted it. */
  INTERRUPTED,
  /** The backend it needs is not up. */
  EXECD_NOT_READY,
  /** Anything of the daemon's own. */
  RUNTIME_ERROR
}
