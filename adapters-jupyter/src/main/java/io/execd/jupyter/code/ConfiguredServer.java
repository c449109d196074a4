package io.execd.jupyter.code;

import io.execd.domain.Failure;
import io.execd.jupyter.wire.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A server that somebody else runs, at an address that does not change. */
public final class ConfiguredServer implements JupyterServer {
  /** It may be starting beside us. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String NONE =
      "no Jupyter server is configured: set --jupyter-host (JUPYTER_HOST) to the URL of one, or let"
          + " execd run its own with --jupyter managed (EXECD_JUPYTER), which needs"
          + " 'pip install jupyter-server ipykernel'";

  private final Optional<Running> running;

  /**
   * One at this address.
   *
   * @param host empty: there is none
   * @param token empty: it wants none
   */
  public ConfiguredServer(Optional<URI> host, String token) {
    String authorization = token.isEmpty() ? "" : "token " + token;
    running =
        host.map(
            uri -> new Running(new Endpoint(uri, authorization), Optional::empty, PATIENCE, false));
  }

  @Override
  public Running use() {
    return running.orElseThrow(() -> new Failure(Failure.Code.RUNTIME_ERROR, NONE));
  }
}
