package io.execd.bootstrap.settings;

import java.util.List;

/** What the arguments and the environment ask for. */
public sealed interface Invocation {

  /**
   * Run the daemon.
   *
   * @param warnings one line each, for the log
   */
  record Run(Settings settings, List<String> warnings) implements Invocation {}

  /** Say something and end. */
  sealed interface Answer extends Invocation {}

  /** Print the help text on stdout and end with 0. */
  record PrintHelp() implements Answer {}

  /** Print the version on stdout and end with 0. */
  record PrintVersion() implements Answer {}

  /**
   * Print one line on stderr and end.
   *
   * @param line names the flag or variable and what is wrong with it
   * @param exitCode 2, or 1 where the contract says so
   */
  record Refused(String line, int exitCode) implements Answer {}
}
