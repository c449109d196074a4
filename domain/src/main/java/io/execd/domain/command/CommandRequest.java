package io.execd.domain.command;

import io.execd.domain.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks for.
 *
 * @param directory as sent: may start with {@code ~} and hold {@code $NAME}, expanded from the
 *     command's own environment
 * @param timeout empty: none
 * @param environment the caller's own variables, stronger than all others
 */
public record CommandRequest(
    Program program,
    Optional<String> directory,
    Optional<Duration> timeout,
    Optional<RunAs> runAs,
    Map<String, String> environment) {

  /**
   * The user, and perhaps the group, to run as.
   *
   * @param gid empty: the user's primary group
   */
  public record RunAs(long uid, OptionalLong gid) {}

  public CommandRequest {
    environment = Map.copyOf(environment);
    directory.ifPresent(path -> Nul.refuse("cwd", path));
    timeout.ifPresent(CommandRequest::requirePositive);
    environment.forEach(CommandRequest::requireVariable);
  }

  private static void requirePositive(Duration timeout) {
    if (!timeout.isPositive()) {
      throw Failure.invalidField("timeout", "must be positive");
    }
  }

  private static void requireVariable(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
      throw Failure.invalidField(
          "envs", "the variable '" + name + "' needs a name without '=', and no NUL character");
    }
  }
}
