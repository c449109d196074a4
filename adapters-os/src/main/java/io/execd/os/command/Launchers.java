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
   */
  public static MachineLauncher forThisMachine() {
    return new LazyLauncher(Launchers::choose);
  }

  private static MachineLauncher choose() {
    ProgramResolver programs = ProgramResolver.ofDaemon();
    try {
      Linux linux = Linux.load();
      return new LinuxLauncher(linux, linux::spawn, programs);
    } catch (UnsupportedOperationException | ErrnoException e) {
      LOG.log(
          Level.WARNING,
          "commands run without process groups and users of their own: {0}",
          e.getMessage());
      return new PortableLauncher(programs);
    }
  }
}
