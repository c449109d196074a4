package io.execd.domain.command;

import java.util.Map;

/** Out-port: the environment every command starts from. */
public interface EnvironmentSource {

  /**
   * The daemon's own variables without its secrets, then those of the file that {@code EXECD_ENVS}
   * names, which is read anew on each call. The caller owns the map. A missing file counts as
   * empty.
   *
   * @throws io.execd.domain.Failure RUNTIME_ERROR when the file cannot be read or a line refers to
   *     an undefined variable; the message names file and line
   */
  Map<String, String> read();
}
