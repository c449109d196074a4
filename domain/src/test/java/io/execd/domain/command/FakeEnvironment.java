package io.execd.domain.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The variables given, among the entries given; a change of either is seen by the next call. */
public record FakeEnvironment(Map<String, String> variables, Set<String> entries)
    implements EnvironmentSource {

  /** Variables of a machine on which nothing exists. */
  public FakeEnvironment(Map<String, String> variables) {
    this(variables, Set.of());
  }

  @Override
  public Map<String, String> read() {
    return new HashMap<>(variables);
  }

  @Override
  public boolean exists(String path) {
    return entries.contains(path);
  }
}
