package io.execd.jupyter.code;

import io.execd.jupyter.wire.Endpoint;
import java.time.Duration;
import java.util.Optional;

/** The Jupyter server in use: one that runs anyway, or one of the daemon's own. Thread-safe. */
public interface JupyterServer {

  /**
   * Where it is now; starts it when that is ours to do. Blocks while it starts.
   *
   * @throws io.execd.domain.Failure RUNTIME_ERROR when there is none; NOT_READY when it does not
   *     come up
   */
  Running use();

  /**
   * One life of the server.
   *
   * @param patience how long to go on trying while nobody listens there yet
   * @param ours whether we have made its root {@code /}, so that kernels start where they should
   */
  record Running(Endpoint endpoint, Life life, Duration patience, boolean ours) {}

  /** Tells whether a server that was in use is over. */
  interface Life {
    /** Why its kernels are gone for good; empty as long as nobody knows that they are. */
    Optional<String> over();
  }
}
