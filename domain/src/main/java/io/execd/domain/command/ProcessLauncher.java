package io.execd.domain.command;

/**
 * Out-port: starts processes. A process leads a group (and session) of its own, has the null device
 * as stdin, default signal dispositions, an empty signal mask, and no descriptor of the daemon's.
 */
public interface ProcessLauncher {

  /**
   * Starts a process. Blocks until the program has been executed or refused, about a millisecond;
   * may be called from any thread. The observer may be called before this returns.
   */
  LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer);
}
