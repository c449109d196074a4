package io.execd.jupyter.server;

import io.execd.domain.command.EnvironmentSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Tells commands the port of the Jupyter server in use as {@code JUPYTER_PORT}, unless that is set:
 * newer clients look from a command whether somebody listens there before they run code.
 */
public final class JupyterPort implements EnvironmentSource {
  private final EnvironmentSource others;
  private final Supplier<OptionalInt> port;

  public JupyterPort(EnvironmentSource others, Supplier<OptionalInt> port) {
    this.others = others;
    this.port = port;
  }

  @Override
  public Map<String, String> read() {
    Map<String, String> variables = others.read();
    port.get().ifPresent(number -> variables.putIfAbsent("JUPYTER_PORT", Integer.toString(number)));
    return variables;
  }

  @Override
  public boolean exists(String path) {
    return others.exists(path);
  }
}
