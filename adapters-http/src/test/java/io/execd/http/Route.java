package io.execd.http;

/**
 * One method of one path.
 *
 * @param method in capitals
 * @param path a template such as {@code /pty/{id}}
 */
record Route(String method, String path) {

  /** The path with something in the place of every parameter. */
  String filled() {
    return path.replaceAll("\\{[^}]+}", "7");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
