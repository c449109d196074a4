package io.execd.os.command;

import io.execd.domain.Failure;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SelfExecution;
import io.execd.os.nativecall.SystemCallFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Helps programs whose C library uses clone3 in sandboxes that answer it with the wrong error
 * (contract, section 13). It cannot be undone, and no command gains privileges by sudo afterwards.
 * Call it before anything is spawned.
 */
public final class Clone3Compat {
  private Clone3Compat() {}

  /**
   * Makes clone3 look unknown to this process and all that it starts.
   *
   * @throws Failure with a one-line message, where the kernel refuses
   */
  public static void hide() {
    attempt(SystemCallFilter::hideClone3);
  }

  /**
   * The same, and then replaces this process by a fresh start of itself; returns at once where
   * clone3 is hidden already, as it is in the second start.
   *
   * @throws Failure with a one-line message, where the kernel refuses
   */
  public static void hideAndStartAgain(Map<String, String> environment) {
    List<String> entries = new ArrayList<>();
    environment.forEach((name, text) -> entries.add(name + "=" + text));
    attempt(linux -> {
      if (!SystemCallFilter.clone3IsHidden(linux)) {
        SystemCallFilter.hideClone3(linux);
        SelfExecution.again(linux, entries);
      }
    });
  }

  private interface Attempt {
    void with(Linux linux) throws IOException;
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.with(Linux.load());
    } catch (IOException | UnsupportedOperationException e) {
      String line = "EXECD_CLONE3_COMPAT: clone3 cannot be hidden: " + e.getMessage();
      throw new Failure(Failure.Code.NOT_SUPPORTED, line, e);
    }
  }
}
