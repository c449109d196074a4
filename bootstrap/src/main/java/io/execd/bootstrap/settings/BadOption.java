package io.execd.bootstrap.settings;

/** A value that was refused, with the name it came under: the whole line for stderr. */
final class BadOption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String line;

  BadOption(String source, String text, BadValue problem) {
    super(problem);
    this.exitCode = problem.exitCode();
    this.line = source + ": '" + printable(text) + "' " + problem.getMessage();
  }

  @Override
  public String getMessage() {
    return line;
  }

  int exitCode() {
    return exitCode;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
