package io.execd.http.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server on a free port with the test resource. */
final class TestServer implements AutoCloseable {
  final StreamScript script = new StreamScript();
  final ExecdServer server;

  TestServer(@Nullable String token) {
    this(token, Patience.USUAL);
  }

  /** With a route that goes past Jersey. */
  TestServer(@Nullable String token, DirectRoute direct) {
    this(token, Patience.USUAL, List.of(direct));
  }

  TestServer(@Nullable String token, Patience patience) {
    this(token, patience, List.of());
  }

  private TestServer(@Nullable String token, Patience patience, List<DirectRoute> direct) {
    ApiResource<TestResource> resource =
        new ApiResource<>(TestResource.class, () -> new TestResource(script));
    ServerSettings settings = new ServerSettings("127.0.0.1", 0, token, 1000);
    server = new ExecdServer(settings, patience);
    try {
      server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.open(List.of(resource), direct);
  }

  int port() {
    return server.port();
  }

  RawClient.Reply call(String request) throws IOException {
    return RawClient.call(port(), request);
  }

  @Override
  public void close() {
    server.close();
  }
}
