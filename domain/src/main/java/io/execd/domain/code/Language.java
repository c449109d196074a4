package io.execd.domain.code;

import java.util.Locale;

/**
 * What code is written in, in lower case.
 *
 * @param name never empty
 */
public record Language(String name) {
  /** Queries against the database of the sandbox. */
  public static final Language SQL = new Language("sql");

  /** A shell command in the foreground; it has no context. */
  public static final Language COMMAND = new Language("command");

  /** A shell command in the background; it has no context. */
  public static final Language BACKGROUND_COMMAND = new Language("background-command");

  public Language {
    name = name.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a language has a name");
    }
  }

  /** Whether code in it runs in contexts that are made, listed and deleted. */
  public boolean hasContexts() {
    return !equals(SQL) && !equals(COMMAND) && !equals(BACKGROUND_COMMAND);
  }
}
