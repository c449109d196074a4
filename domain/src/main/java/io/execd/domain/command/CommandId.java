package io.execd.domain.command;

import java.util.UUID;

/** The name of one command; the daemon makes it up, and it never comes again. */
public record CommandId(String value) {

  /** A new id: 32 hexadecimal digits that cannot be guessed. */
  public static CommandId random() {
    return new CommandId(UUID.randomUUID().toString().replace("-", ""));
  }
}
