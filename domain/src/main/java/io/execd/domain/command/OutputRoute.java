package io.execd.domain.command;

/** Where the output of a process goes. */
public enum OutputRoute {
  /** Through pipes to the observer, stdout and stderr apart. */
  OBSERVER,
  /**
   * Into an {@link OutputLog}, stdout and stderr joined, written by the process itself; the
   * observer only hears of the end.
   */
  LOG
}
