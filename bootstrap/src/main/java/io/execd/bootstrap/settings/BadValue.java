package io.execd.bootstrap.settings;

/** A text that cannot become the value of its option; the message says what it must be. */
final class BadValue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  BadValue(String problem) {
    this(problem, 2);
  }

  /** For the one variable whose bad values end the daemon with another code. */
  BadValue(String problem, int exitCode) {
    super(problem);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
