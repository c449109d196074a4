package io.execd.http;

import io.execd.http.api.MetricApi;
import io.execd.http.api.PtyApi;
import io.execd.http.server.ApiResource;
import java.util.List;

/**
 * The parts of the API that later versions build. Their operations are served and answer 501, so
 * that a caller gets a clear word; each part leaves this list when it gets a resource of its own.
 */
final class Unbuilt {
  private Unbuilt() {}

  /** A resource for each part without one. */
  static List<ApiResource<?>> resources() {
    return List.of(
        new ApiResource<>(Metrics.class, Metrics::new),
        new ApiResource<>(Terminals.class, Terminals::new));
  }

  static final class Metrics implements MetricApi {}

  static final class Terminals implements PtyApi {}
}
