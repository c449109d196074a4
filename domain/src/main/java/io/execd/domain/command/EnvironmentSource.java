package io.execd.domain.command;

import java.util.Map;

/** Out-port: the environment every command starts from, and what its paths may mean. */
public interface EnvironmentSource {

  /**
   * The daemon's own variables without its secrets, then those of the file that {@code EXECD_ENVS}
   * names, which is read anew on each call. The caller owns the map. A missing file counts as
   * empty. A line that is no assignment is left out with a warning that names file and line; an
   * undefined variable in a value expands to nothing, as in the reference: one bad line must not
   * break every command.
   *
   * @throws io.execd.domain.Failure RUNTIME_ERROR when the file cannot be read; the message names
   *     it
   */
  Map<String, String> read();

  /**
   * Tells whether an entry has this path, be it a dangling link. A relative one is taken from the
   * daemon's working directory. What is no path does not exist.
   */
  boolean exists(String path);
}
