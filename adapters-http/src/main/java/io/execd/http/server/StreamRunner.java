package io.execd.http.server;

import java.io.IOException;

/** Runs the body of a streaming answer, and watches its client for as long as that takes. */
final class StreamRunner {
  private StreamRunner() {}

  static void run(Exchange exchange, StreamBody body) throws IOException {
    ClientWatch watch = ClientWatch.start(exchange.connection());
    try {
      body.writeTo(new StreamOutput(exchange.response(), exchange.connection(), watch));
      exchange.response().getNIOOutputStream().close();
    } finally {
      watch.stop();
    }
  }
}
