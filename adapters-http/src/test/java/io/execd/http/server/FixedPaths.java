package io.execd.http.server;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets tests elsewhere see what the front answers by itself. */
public final class FixedPaths {
  private FixedPaths() {}

  /** The paths that answer GET without a resource. */
  public static Set<String> all() {
    return Stream.concat(Stream.of(FrontHandler.PING), FixedRoutes.paths().stream())
        .collect(Collectors.toSet());
  }
}
