package io.execd.domain.command;

/** The step of starting a process that failed. */
public enum LaunchStage {
  /** Pipes, log file, or the process itself could not be made. */
  RESOURCES,
  /** The process could not take the asked user or groups. */
  IDENTITY,
  /** The process could not enter the working directory. */
  DIRECTORY,
  /** The program could not be executed. */
  PROGRAM
}
