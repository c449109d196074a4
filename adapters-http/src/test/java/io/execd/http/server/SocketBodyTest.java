package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long bodies, which are read past Grizzly: to their last byte and no further, whatever is behind
 * them, and never a short one as if it were whole.
 */
@Timeout(60)
class SocketBodyTest {
  private static final int LONG = 300_000;
  private static final String INSIDE = "GET /sum/inside HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final Duration LET_ALL_COME = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final AtomicInteger whole = new AtomicInteger();
  private ExecdServer server;

  /** Reads a body and tells what it was. */
  @Path("/sum")
  @Produces("application/json")
  public static final class Sum {
    private final AtomicInteger whole;

    Sum(AtomicInteger whole) {
      this.whole = whole;
    }

    @POST
    @Consumes("*/*")
    public Response sum(
        @QueryParam("piece") int piece, @QueryParam("most") long most, InputStream body)
        throws Exception {
      Thread.sleep(LET_ALL_COME.toMillis());
      CRC32 sum = new CRC32();
      byte[] bytes = new byte[piece];
      long total = 0;
      int read = 0;
      while (total < most && read >= 0) {
        read = body.read(bytes, 0, (int) Math.min(piece, most - total));
        sum.update(bytes, 0, Math.max(0, read));
        total += Math.max(0, read);
      }
      if (read < 0) {
        whole.incrementAndGet();
      }
      return Response.ok(Map.of("total", total, "sum", sum.getValue())).build();
    }
  }

  @BeforeEach
  void start() throws IOException {
    start(Patience.USUAL);
  }

  private void start(Patience patience) throws IOException {
    server = new ExecdServer(new ServerSettings("127.0.0.1", 0, null, 1000), patience);
    server.start();
    server.open(List.of(new ApiResource<>(Sum.class, () -> new Sum(whole))), List.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Made of requests, so that a server that loses count answers some of them. */
  private static byte[] body(int length) {
    return INSIDE.repeat(length / INSIDE.length() + 1).substring(0, length).getBytes(US_ASCII);
  }

  private static byte[] post(int piece, long most, String header, byte[] body) {
    String head =
        "POST /sum?piece=%d&most=%d HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(piece, most, header, body.length);
    return joined(head.getBytes(US_ASCII), body);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static String answer(byte[] body) {
    CRC32 sum = new CRC32();
    sum.update(body);
    return "\"sum\":" + sum.getValue();
  }

  private static void assertNothingFollows(RawClient client) throws IOException {
    client.socket().shutdownOutput();
    assertThat(client.readByte()).isEqualTo(-1);
  }

  /** All in one piece: the bytes behind the body are there while it is read. */
  @ParameterizedTest
  @CsvSource({
    "65535, 1000",
    "65536, 1000",
    "65537, 65536",
    "65538, 1",
    "73700, 4096",
    "131072, 500000",
    "300000, 65536",
    "300000, 300000",
    "300001, 7",
    "1000000, 262144"
  })
  void whatFollowsABodyIsTheNextRequest(int length, int piece) throws IOException {
    byte[] body = body(length);
    byte[] request = post(piece, Long.MAX_VALUE, "", body);
    try (RawClient client = new RawClient(server.port())) {
      byte[] ping = get("/ping").getBytes(US_ASCII);
      Thread sender = Thread.startVirtualThread(() -> send(client, joined(request, request, ping)));
      for (int i = 0; i < 2; i++) {
        RawClient.Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("\"total\":" + length, answer(body));
      }
      assertThat(client.read().status()).isEqualTo(200);
      sender.join();
      assertNothingFollows(client);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
    assertThat(whole).hasValue(2);
  }

  /** All of it is there, so that one read could take all. */
  @ParameterizedTest
  @ValueSource(ints = {65_537, 131_072, LONG})
  void aBodyEndsWithNothingBehindIt(int length) throws IOException {
    byte[] body = body(length);
    try (RawClient client = new RawClient(server.port())) {
      client.send(post(1_000_000, Long.MAX_VALUE, "", body));
      assertThat(client.read().body()).contains("\"total\":" + length, answer(body));
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
    assertThat(whole).hasValue(1);
  }

  private static void send(RawClient client, byte[] bytes) {
    try {
      client.send(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the resource leaves of a body is dropped, however far it was read past Grizzly. */
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 8_000, 100_000, LONG - 65_537, LONG - 65_536, LONG - 2, LONG - 1, LONG})
  void whatIsLeftOfABodyIsNoRequest(int most) throws Exception {
    byte[] body = body(LONG);
    try (RawClient client = new RawClient(server.port())) {
      byte[] ping = get("/ping").getBytes(US_ASCII);
      Thread sender =
          Thread.startVirtualThread(() -> send(client, joined(post(10_000, most, "", body), ping)));
      RawClient.Reply reply = client.read();
      assertThat(reply.body()).contains("\"total\":" + most);
      assertThat(client.read().body()).isEmpty();
      sender.join();
      assertNothingFollows(client);
    }
    assertThat(whole).hasValue(0);
  }

  @Test
  void aClientThatWantsToBeAskedIsAskedOnce() throws IOException {
    byte[] body = body(LONG);
    byte[] request = post(65_536, Long.MAX_VALUE, "Expect: 100-continue\r\n", body);
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        client.send(Arrays.copyOf(request, request.length - LONG));
        assertThat(client.readHead().status()).isEqualTo(100);
        client.send(body);
        assertThat(client.read().body()).contains("\"total\":" + LONG, answer(body));
      }
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
      assertNothingFollows(client);
    }
  }

  /** Each piece is waited for: the reader sleeps between them. */
  @Test
  void aBodyThatComesInPiecesIsWhole() throws Exception {
    byte[] body = body(LONG);
    byte[] request = post(65_536, Long.MAX_VALUE, "", body);
    try (RawClient client = new RawClient(server.port())) {
      int step = 9_973;
      for (int at = 0; at < request.length; at += step) {
        int end = Math.min(request.length, at + step);
        client.send(Arrays.copyOfRange(request, at, end));
        Thread.sleep(5);
      }
      assertThat(client.read().body()).contains("\"total\":" + LONG, answer(body));
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  /** Cut anywhere, by an orderly end, half an end, or a reset. */
  @ParameterizedTest
  @ValueSource(strings = {"close", "half", "reset"})
  void aBodyThatIsCutIsNeverTakenForAWholeOne(String end) throws Exception {
    byte[] request = post(65_536, Long.MAX_VALUE, "", body(LONG));
    int head = request.length - LONG;
    for (int sent :
        List.of(0, 1, 9_000, 70_000, LONG - 65_537, LONG - 65_536, LONG - 2, LONG - 1)) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(Arrays.copyOf(request, head + sent));
        if (end.equals("half")) {
          client.socket().shutdownOutput();
          client.socket().getInputStream().readAllBytes();
        } else if (end.equals("reset")) {
          client.socket().setSoLinger(true, 0);
        }
      }
    }
    assertThat(RawClient.call(server.port(), get("/ping")).status()).isEqualTo(200);
    server.drain(Duration.ofSeconds(20));
    assertThat(whole).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000, 150_000, LONG - 1})
  void aClientThatPausesForTooLongIsToldSo(int sent) throws IOException {
    server.close();
    start(new Patience(PAUSE, PAUSE, PAUSE, Duration.ofMinutes(5), Duration.ofMillis(10)));
    byte[] request = post(65_536, Long.MAX_VALUE, "", body(LONG));
    try (RawClient client = new RawClient(server.port())) {
      client.send(Arrays.copyOf(request, request.length - LONG + sent));
      assertThat(client.read().status()).isEqualTo(408);
    }
    assertThat(whole).hasValue(0);
  }
}
