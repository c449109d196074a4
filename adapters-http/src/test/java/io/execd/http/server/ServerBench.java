package io.execd.http.server;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A server to measure by hand: `/ping`, `POST /test/echo`, and `POST /test/stream`, which sends the
 * number of megabytes of its argument and, when that is 0, one line and then nothing.
 */
final class ServerBench {
  private ServerBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    long start = System.nanoTime();
    StreamScript script = new StreamScript();
    int megabytes = Integer.parseInt(args[1]);
    script.set(sink -> stream(sink, megabytes));
    ApiResource<TestResource> resource =
        new ApiResource<>(TestResource.class, () -> new TestResource(script));
    int port = Integer.parseInt(args[0]);
    ExecdServer server = new ExecdServer(new ServerSettings("127.0.0.1", port, null, 1000));
    server.start();
    server.open(List.of(resource), List.of());
    System.out.println("started after " + (System.nanoTime() - start) / 1_000_000 + " ms");
    Thread.currentThread().join();
  }

  private static void stream(StreamSink sink, int megabytes) throws IOException {
    byte[] block = new byte[megabytes == 0 ? 0 : Integer.getInteger("block", 65_536)];
    StreamScript.say(sink, "hello\n");
    for (long left = megabytes * 1_048_576L; left > 0; left -= block.length) {
      sink.send(block, 0, block.length);
    }
    if (megabytes == 0) {
      CompletableFuture<Boolean> gone = new CompletableFuture<>();
      sink.onGone(() -> gone.complete(true));
      gone.join();
    }
  }
}
