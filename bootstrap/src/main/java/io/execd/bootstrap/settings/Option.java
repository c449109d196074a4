package io.execd.bootstrap.settings;

import java.util.function.Function;

/**
 * One row of the table of options.
 *
 * @param flag without dashes; empty when only the variable sets it
 * @param variable empty when only the flag sets it
 * @param value what stands for its value in the help text
 * @param fallback the default as a caller would write it; parsed like any other value
 * @param parser turns a text into the value, or throws {@link BadValue}
 * @param meaning for the help text and the README
 */
record Option<T>(
    String flag,
    String variable,
    String value,
    String fallback,
    Function<String, T> parser,
    String meaning) {

  /** What stands for a value that must not be shown. */
  static final String TOKEN = "TOKEN";

  /** Whether a text given for it must not be shown, not even in an error. */
  boolean secret() {
    return value.equals(TOKEN);
  }
}
