package io.execd.bootstrap.settings;

import java.util.Locale;

/** What to do about sandboxes that cannot take the {@code clone3} system call (Linux only). */
public enum Clone3Mode {
  /** Nothing. */
  OFF,
  /** A seccomp filter over all threads answers it with ENOSYS. */
  FILTER,
  /** The same, then the daemon executes itself once more under the filter. */
  REEXEC;

  static Clone3Mode parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "", "0", "false", "off", "no" -> OFF;
      case "1", "true", "yes", "on" -> FILTER;
      case "reexec" -> REEXEC;
      default -> throw new BadValue("must be one of off, on, reexec", 1);
    };
  }
}
