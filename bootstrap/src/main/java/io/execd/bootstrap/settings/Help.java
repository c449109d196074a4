package io.execd.bootstrap.settings;

import java.util.List;

/** The text of {@code --help}, made from the table of options. */
public final class Help {
  private static final String HEAD =
      """
      execd runs commands in this sandbox for callers over HTTP.

      Usage: execd [--flag value | --flag=value]...

      A flag beats its variable. Durations look like 500ms, 2s, 1m or 1m30s.

      """;

  private Help() {}

  /** Ends with a line feed; no line is longer than 100 characters. */
  public static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    append(text, Options.ALL);
    text.append("  --help\n      print this text\n\n");
    text.append("  --version\n      print the version\n\n");
    text.append("Variables of the start script (the executable file execd, not execd.jar):\n\n");
    append(text, Options.OF_START_SCRIPT);
    return text.append(
            "Ends with 0 on SIGTERM or SIGINT, 1 when it cannot start, 2 for a bad value.\n")
        .toString();
  }

  private static void append(StringBuilder text, List<Option<?>> options) {
    for (Option<?> option : options) {
      text.append("  ").append(names(option)).append('\n');
      text.append("      ").append(option.meaning()).append(fallback(option)).append("\n\n");
    }
  }

  private static String names(Option<?> option) {
    if (option.flag().isEmpty()) {
      return option.variable() + "=" + option.value();
    }
    String flag = "--" + option.flag() + " " + option.value();
    return option.variable().isEmpty() ? flag : flag + "  or  " + option.variable();
  }

  private static String fallback(Option<?> option) {
    return option.fallback().isEmpty() ? "" : " [" + option.fallback() + "]";
  }
}
