package io.execd.domain.command;

import java.util.Map;
import java.util.Optional;

/**
 * Everything a launcher needs to know to start one process.
 *
 * @param environment the complete environment of the process
 * @param directory the working directory, already expanded, as callers write names: a byte that is
 *     no UTF-8 is {@code \xHH}; relative to the daemon's; empty: the daemon's own
 * @param identity empty: the daemon's own
 */
public record LaunchSpec(
    Program program,
    Map<String, String> environment,
    Optional<String> directory,
    Optional<Identity> identity) {
  public LaunchSpec {
    environment = Map.copyOf(environment);
  }
}
