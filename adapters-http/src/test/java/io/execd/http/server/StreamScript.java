package io.execd.http.server;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** What the next stream of the test resource does. */
final class StreamScript {
  private final AtomicReference<StreamBody> body =
      new AtomicReference<>(sink -> {
        say(sink, "one\n");
        say(sink, "two\n");
      });

  void set(StreamBody next) {
    body.set(next);
  }

  void run(StreamSink sink) throws IOException {
    body.get().writeTo(sink);
  }

  static void say(StreamSink sink, String text) throws IOException {
    byte[] bytes = TestResource.bytes(text);
    sink.send(bytes, 0, bytes.length);
  }
}
