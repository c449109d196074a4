package io.execd.domain;

import java.util.Map;
import java.util.Set;

/**
 * The variables of the daemon that no user code sees, in any process that it starts, in any path
 * that a caller has expanded, or in an error (contract, section 15).
 */
public final class SecretVariables {
  public static final Set<String> NAMES =
      Set.of("EXECD_ACCESS_TOKEN", "JUPYTER_TOKEN", "EXECD_ISOLATION_CONFIG", "EXECD_RUNTIME_INIT");

  private SecretVariables() {}

  /** Takes them out of an environment. */
  public static void removeFrom(Map<String, String> environment) {
    environment.keySet().removeAll(NAMES);
  }
}
