package io.execd.os.command;

import io.execd.domain.Failure;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SelfExecution;
import io.execd.os.nativecall.SystemCallFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Helps programs whose C library uses clone3 in sandboxes that answer it with the wrong error
 * (contract, section 13). It cannot be undone, and no command gains privileges by sudo afterwards.
 */
public final class Clone3Compat {
  private static final String VARIABLE = "EXECD_CLONE3_COMPAT";

  private Clone3Compat() {}

  /**
   * Does what the variable asks for; call it before anything is spawned. With {@code reexec} the
   * first call does not return.
   *
   * @throws Failure with a one-line message, for an unknown value or a kernel that refuses
   */
  public static void apply(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").toLowerCase(Locale.ROOT);
    switch (value) {
      case "", "0", "false", "off", "no" -> {}
      case "1", "true", "yes", "on" -> filter(value);
      case "reexec" -> startAgainFiltered(environment);
      default ->
          throw new Failure(
              Failure.Code.INVALID_REQUEST,
              VARIABLE + ": must be 1, true, yes, on, reexec, 0, false, off or no, not " + value);
    }
  }

  private static void filter(String value) {
    try {
      SystemCallFilter.hideClone3(Linux.load());
    } catch (IOException | UnsupportedOperationException e) {
      throw refused(value, e);
    }
  }

  /** The second start finds the filter in place. */
  private static void startAgainFiltered(Map<String, String> environment) {
    List<String> entries = new ArrayList<>();
    environment.forEach((name, text) -> entries.add(name + "=" + text));
    try {
      Linux linux = Linux.load();
      if (!SystemCallFilter.clone3IsHidden(linux)) {
        SystemCallFilter.hideClone3(linux);
        SelfExecution.again(linux, entries);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw refused("reexec", e);
    }
  }

  private static Failure refused(String value, Exception cause) {
    return new Failure(
        Failure.Code.NOT_SUPPORTED, VARIABLE + "=" + value + ": " + cause.getMessage(), cause);
  }
}
