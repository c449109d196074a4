package io.execd.os.nativecall;

import io.execd.domain.command.Identity;
import java.util.List;
import java.util.Optional;

/**
 * One program to start. The caller keeps its descriptors and closes them afterwards, whatever the
 * outcome.
 *
 * @param programs paths tried in turn, as execvp does
 * @param arguments the program's own name first
 * @param environment entries of the form {@code NAME=value}
 * @param directory as a string of octets
 */
public record SpawnRequest(
    List<String> programs,
    List<String> arguments,
    List<String> environment,
    Optional<String> directory,
    Optional<Identity> identity,
    Descriptors descriptors) {

  /**
   * What the child finds at 0, 1, 2 and, if there is an extra one, at 3.
   *
   * @param extra -1 for none
   */
  public record Descriptors(int input, int output, int error, int extra) {
    public static final int NONE = -1;
  }
}
