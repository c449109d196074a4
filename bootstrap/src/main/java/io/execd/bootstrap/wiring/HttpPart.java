package io.execd.bootstrap.wiring;

import io.execd.bootstrap.lifecycle.Part;
import io.execd.http.server.ExecdServer;
import java.io.IOException;
import java.time.Duration;

/** The HTTP server as a part: the last to start, the first to stop. */
record HttpPart(ExecdServer server, Duration drain) implements Part {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public void start() throws IOException {
    server.start();
  }

  @Override
  public void stop() throws InterruptedException {
    server.stop(drain);
  }
}
