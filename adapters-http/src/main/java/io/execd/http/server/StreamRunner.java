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
    } catch (RuntimeException failure) {
      fail(exchange, ErrorMapper.answerOf(failure));
    } finally {
      watch.stop();
    }
  }

  /** What has been sent cannot be taken back; the client must see that it is not all. */
  private static void fail(Exchange exchange, Answer answer) throws IOException {
    if (exchange.response().isCommitted()) {
      exchange.connection().closeSilently();
    } else {
      exchange.fail(answer);
    }
  }
}
