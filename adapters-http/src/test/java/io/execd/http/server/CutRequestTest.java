package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request whose client goes away in the middle must do nothing. */
@Timeout(60)
class CutRequestTest {
  private static final String CHUNKED =
      "POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** The part of a long request that is cut: before it there is only more of the same. */
  private static final int LONGEST = 200;

  /** Counts the bodies that reached it. */
  @Path("/count")
  @Produces("application/json")
  public static final class Counter {
    private final AtomicInteger runs;

    Counter(AtomicInteger runs) {
      this.runs = runs;
    }

    @POST
    @Consumes("application/json")
    public Response count(TestResource.Thing thing) {
      runs.incrementAndGet();
      return Response.ok(thing).build();
    }
  }

  private final AtomicInteger runs = new AtomicInteger();
  private final ExecdServer server =
      new ExecdServer(new ServerSettings("127.0.0.1", 0, null, 1000));

  /** The long ones are read while they are parsed, the short ones before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2 * Limits.SMALL_BODY_BYTES})
  void aMeasuredRequestThatIsCutDoesNothing(int length) throws Exception {
    assertCutsDoNothing(post("/count", body(length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2 * Limits.SMALL_BODY_BYTES})
  void aChunkedRequestThatIsCutDoesNothing(int length) throws Exception {
    String body = body(length);
    String first = "1;x\r\n{\r\n" + Integer.toHexString(body.length() - 1) + "\r\n";
    assertCutsDoNothing(CHUNKED + first + body.substring(1) + "\r\n0\r\nX-Sum: 1\r\n\r\n");
  }

  private static String body(int length) {
    return "{\"name\":\"" + "x".repeat(length) + "\"}";
  }

  private void assertCutsDoNothing(String request) throws Exception {
    try (server;
        Complaints complaints = new Complaints()) {
      server.start();
      server.open(List.of(new ApiResource<>(Counter.class, () -> new Counter(runs))), List.of());
      for (int end = Math.max(0, request.length() - LONGEST); end < request.length(); end++) {
        cut(request.substring(0, end));
        assertServes();
      }
      assertThat(RawClient.call(server.port(), request).status()).isEqualTo(200);
      server.drain(Duration.ofSeconds(30));
      assertThat(complaints.heard).isEmpty();
    }
    assertThat(runs).hasValue(1);
  }

  private void cut(String request) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(request);
    }
  }

  /** What is logged as if something were wrong with the server. */
  private static final class Complaints extends Handler implements AutoCloseable {
    private static final Logger ALL = Logger.getLogger("");
    final Queue<String> heard = new ConcurrentLinkedQueue<>();

    Complaints() {
      ALL.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        heard.add(entry.getLoggerName() + ": " + entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      ALL.removeHandler(this);
    }
  }

  /** The second answer also says that all has been read which was there at the first. */
  private void assertServes() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }
}
