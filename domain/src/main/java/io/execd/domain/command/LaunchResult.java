package io.execd.domain.command;

import io.execd.domain.OsError;
import java.util.Optional;

/** What came of an attempt to start a process. */
public sealed interface LaunchResult {

  /**
   * It runs; its observer hears of everything else.
   *
   * @param log what it writes to, when the route was {@link OutputRoute#LOG}; the caller closes it
   */
  record Launched(RunningProcess process, Optional<OutputLog> log) implements LaunchResult {}

  /**
   * Nothing runs and nothing is left behind; the observer is never called.
   *
   * @param subject what could not be used: a program, a directory, a user id
   */
  record Refused(LaunchStage stage, OsError error, String subject) implements LaunchResult {
    /** The reason in one line, such as {@code exec /bin/nosuch: no such file or directory}. */
    public String reason() {
      return verb() + " " + subject + ": " + error.text();
    }

    private String verb() {
      return switch (stage) {
        case RESOURCES -> "start";
        case IDENTITY -> "run as";
        case DIRECTORY -> "enter";
        case PROGRAM -> "exec";
      };
    }
  }
}
