package io.execd.domain.command;

import java.util.List;

/** The names of Linux signals, which are the same on x86-64 and aarch64. */
public final class Signals {
  private static final List<String> NAMES =
      List.of(
          "SIGHUP",
          "SIGINT",
          "SIGQUIT",
          "SIGILL",
          "SIGTRAP",
          "SIGABRT",
          "SIGBUS",
          "SIGFPE",
          "SIGKILL",
          "SIGUSR1",
          "SIGSEGV",
          "SIGUSR2",
          "SIGPIPE",
          "SIGALRM",
          "SIGTERM",
          "SIGSTKFLT",
          "SIGCHLD",
          "SIGCONT",
          "SIGSTOP",
          "SIGTSTP",
          "SIGTTIN",
          "SIGTTOU",
          "SIGURG",
          "SIGXCPU",
          "SIGXFSZ",
          "SIGVTALRM",
          "SIGPROF",
          "SIGWINCH",
          "SIGIO",
          "SIGPWR",
          "SIGSYS");

  /**
   * What the field's tools print for the signals that end programs; the rest go by their number.
   */
  private static final List<String> TEXTS =
      List.of(
          "hangup",
          "interrupt",
          "quit",
          "illegal instruction",
          "trace/breakpoint trap",
          "aborted",
          "bus error",
          "floating point exception",
          "killed",
          "user defined signal 1",
          "segmentation fault",
          "user defined signal 2",
          "broken pipe",
          "alarm clock",
          "terminated");

  private Signals() {}

  /** The symbolic name, such as {@code SIGKILL}. */
  public static String name(int signal) {
    return signal >= 1 && signal <= NAMES.size() ? NAMES.get(signal - 1) : "SIG" + signal;
  }

  /** A few words, such as {@code killed}. */
  public static String text(int signal) {
    return signal >= 1 && signal <= TEXTS.size() ? TEXTS.get(signal - 1) : "signal " + signal;
  }
}
