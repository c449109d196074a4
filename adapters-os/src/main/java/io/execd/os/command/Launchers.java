package io.execd.os.command;

import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import java.lang.System.Logger.Level;

/** Chooses the launcher that fits this machine. */
public final class Launchers {
  private static final System.Logger LOG = System.getLogger(Launchers.class.getName());

  private Launchers() {}

  /**
   * The native launcher on Linux with x86-64 or aarch64, else one over {@link ProcessBuilder}.
   * Returns at once: the choice is made at the first launch or {@link MachineLauncher#warmUp}.
   *
   * @param reopenLog run at SIGHUP and SIGUSR1 from then on; may block. Only the native launcher
   *     does so, and keeps signals such as SIGALRM from ending the daemon.
   */
  public static MachineLauncher forThisMachine(Runnable reopenLog) {
    return new LazyLauncher(() -> choose(reopenLog));
  }

  private static MachineLauncher choose(Runnable reopenLog) {
    ProgramResolver programs = ProgramResolver.ofDaemon();
    try {
      Linux linux = Linux.load();
      LinuxLauncher launcher = new LinuxLauncher(linux, linux::spawn, programs);
      launcher.answerSignals(reopenLog);
      return launcher;
    } catch (UnsupportedOperationException | ErrnoException e) {
      LOG.log(
          Level.WARNING,
          "commands run without process groups and users of their own: {0}",
          e.getMessage());
      return new PortableLauncher(programs);
    }
  }
}
