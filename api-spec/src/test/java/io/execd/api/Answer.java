package io.execd.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the daemon, with the request that it answers.
 *
 * @param path the request's path and query
 * @param headers by name in lower case
 * @param body null when it was not read; then only the head is checked
 */
public record Answer(
    String method, String path, int status, Map<String, String> headers, @Nullable String body) {

  String route() {
    return path.replaceFirst("\\?.*", "");
  }

  /** The media type without its parameters; empty when there is none. */
  String mediaType() {
    return headers.getOrDefault("content-type", "").replaceFirst(";.*", "").strip();
  }

  boolean standardFraming() {
    return path.matches(".*[?&]sse=standard(&.*)?");
  }

  @Override
  public String toString() {
    return method + " " + path + " answered " + status;
  }
}
