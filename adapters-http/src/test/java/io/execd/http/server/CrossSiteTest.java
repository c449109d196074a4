package io.execd.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites cannot drive a daemon that has no token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossSiteTest {
  private static final String FOREIGN = "Sec-Fetch-Site: cross-site";

  @AutoClose private final TestServer server = new TestServer(null, new OneRoute());

  /** A route that goes past Jersey. */
  private record OneRoute() implements DirectRoute {
    @Override
    public String path() {
      return "/direct";
    }

    @Override
    public byte[] answer(@Nullable String query) {
      return new byte[] {'1'};
    }

    @Override
    public byte[] answerAtOnce(@Nullable String query) {
      return new byte[] {'1'};
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FOREIGN,
        "Sec-Fetch-Site: same-site",
        "sec-fetch-site: cross-site\r\nOrigin: http://daemon:44772",
        "Origin: http://evil.example",
        "Origin: http://daemon",
        "Origin: http://daemon:44773",
        "Origin: null",
        "Origin: daemon:44772"
      })
  void aPageOfAnotherSiteIsRefused(String headers) throws IOException {
    RawClient.Reply reply = server.call(post(headers));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("\"code\":\"PERMISSION_DENIED\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: 1",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://behind-a-proxy.example",
        "Origin: http://daemon:44772",
        "Origin: https://DAEMON:44772"
      })
  void everyOtherClientIsServed(String headers) throws IOException {
    assertThat(server.call(post(headers)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /openapi.yaml",
        "GET /direct",
        "HEAD /direct",
        "GET /v1/isolated/capabilities",
        "GET /nothing",
        "GET /proxy/80/",
        "OPTIONS /test/echo",
        "POST /ping"
      })
  void everyRouteRefusesIt(String route) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String request = route + " HTTP/1.1\r\nHost: daemon\r\n" + FOREIGN + "\r\n\r\n";
      assertThat(client.send(request).readHead().status()).isEqualTo(403);
    }
  }

  @Test
  void onlyPingIsForEveryPage() throws IOException {
    String ping = "GET /ping HTTP/1.1\r\nHost: daemon\r\n" + FOREIGN + "\r\n\r\n";
    assertThat(server.call(ping).status()).isEqualTo(200);
  }

  @Test
  void theRightTokenLetsAPageIn() throws IOException {
    try (TestServer closed = new TestServer("token")) {
      String token = FOREIGN + "\r\nX-EXECD-ACCESS-TOKEN: ";
      assertThat(closed.call(post(token + "token")).status()).isEqualTo(200);
      assertThat(closed.call(post(token + "other")).status()).isEqualTo(401);
    }
  }

  private static String post(String headers) {
    return "POST /test/echo HTTP/1.1\r\nHost: daemon:44772\r\n"
        + headers
        + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}";
  }
}
