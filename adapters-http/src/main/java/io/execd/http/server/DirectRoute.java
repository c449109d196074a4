package io.execd.http.server;

import org.jspecify.annotations.Nullable;

/**
 * A GET that is asked for so often that it goes past Jersey, which costs several times what the
 * answer does. A resource has the same route, and answers whatever this one leaves to it.
 */
public interface DirectRoute {

  /** The exact path. */
  String path();

  /**
   * The answer's JSON; blocks as a resource may. A {@link io.execd.domain.Failure} is answered as
   * one of a resource is.
   *
   * @param query as it was sent; null when there is none
   * @return null to leave the request to the resource
   */
  byte @Nullable [] answer(@Nullable String query);

  /**
   * The same if it is there without waiting for anything: it is called on the selector thread,
   * which serves all connections. Throws nothing.
   *
   * @return null when it is not, and then {@link #answer} is asked on another thread
   */
  byte @Nullable [] answerAtOnce(@Nullable String query);
}
