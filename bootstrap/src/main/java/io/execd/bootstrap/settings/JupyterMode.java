package io.execd.bootstrap.settings;

/** Who runs the Jupyter server. */
public enum JupyterMode {
  /** Somebody else, or nobody. */
  EXTERNAL,
  /** The daemon, from the first request for code on. */
  MANAGED,
  /** The daemon, from its start on. */
  MANAGED_EAGER;

  static JupyterMode parse(String text) {
    return switch (text.strip()) {
      case "", "external" -> EXTERNAL;
      case "managed" -> MANAGED;
      case "managed-eager" -> MANAGED_EAGER;
      default -> throw new BadValue("must be external, managed or managed-eager");
    };
  }
}
