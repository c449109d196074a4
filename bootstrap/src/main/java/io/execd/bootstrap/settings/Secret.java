package io.execd.bootstrap.settings;

import org.jspecify.annotations.Nullable;

/** A token that must not show up in a log: only {@link #reveal} gives it away. Empty means none. */
public final class Secret {
  /** No secret at all. */
  public static final Secret NONE = new Secret("");

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  public boolean isPresent() {
    return !value.isEmpty();
  }

  /** The plain text; empty when there is none. */
  public String reveal() {
    return value;
  }

  /** The plain text, or null when there is none. */
  public @Nullable String orNull() {
    return isPresent() ? value : null;
  }

  @Override
  public String toString() {
    return isPresent() ? "***" : "";
  }
}
