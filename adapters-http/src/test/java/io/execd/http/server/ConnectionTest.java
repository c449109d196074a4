package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTest {
  private static final String H2C =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n";
  @AutoClose private final TestServer server = new TestServer(null);

  @Test
  void anOfferOfHttp2IsNotTaken() throws IOException {
    String head = "POST /test/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n";
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        RawClient.Reply reply = client.send(head + H2C + "\r\n{\"name\":\"a\"}").read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"name\":\"a\"}");
      }
    }
  }

  @Test
  void javasClientIsServed() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/test/echo");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo("{\"name\":\"a\"}");
      }
    }
  }

  @Test
  void aConnectionIsKeptForAnyNumberOfRequests() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 600; i++) {
        String request = i % 2 == 0 ? get("/ping") : post("/test/echo", "{}");
        assertThat(client.send(request).read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests.append(post("/test/echo", "{\"count\":" + i + "}")).append(get("/ping"));
      }
      client.send(requests.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.read().body()).isEqualTo("{\"count\":" + i + "}");
        assertThat(client.read().body()).isEmpty();
      }
    }
  }

  @Test
  void aClientMayWaitToBeAskedForItsBody() throws IOException {
    String head =
        "POST /test/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send(head).readHead().status()).isEqualTo(100);
      assertThat(client.send("{}").read().body()).isEqualTo("{}");
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void aClientWithoutTheTokenIsNotAskedForItsBody() throws IOException {
    String head =
        "POST /test/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    try (TestServer closed = new TestServer("token")) {
      RawClient.Reply reply = closed.call(head);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers()).containsEntry("connection", "close");
    }
  }

  @Test
  void headHasTheHeadersOfGet() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String head = "HEAD /test/query?text=ab HTTP/1.1\r\nHost: x\r\n\r\n";
      RawClient.Reply reply = client.send(head).readHead();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void aCutBodyHarmsNobody() throws IOException {
    String head = "POST /test/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"name\":";
    for (int i = 0; i < 50; i++) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(head);
      }
    }
    assertThat(server.call(get("/test/query")).status()).isEqualTo(200);
  }

  @Test
  void slowBodiesDoNotHoldOthersUp() throws IOException {
    RawClient[] slow = new RawClient[300];
    String head = "POST /test/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{";
    for (int i = 0; i < slow.length; i++) {
      slow[i] = new RawClient(server.port()).send(head);
    }
    assertThat(server.call(post("/test/echo", "{}")).status()).isEqualTo(200);
    for (RawClient client : slow) {
      assertThat(client.send("}").read().body()).isEqualTo("{}");
      client.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"'GET /ping HTTP/9.9\r\nHost: x\r\n\r\n'", "'GET /ping HTTP/1.1\r\n\r\n'"})
  void rubbishIsAnsweredInJson(String request) throws IOException {
    RawClient.Reply reply = server.call(request);
    assertThat(reply.status()).isGreaterThanOrEqualTo(400);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
    assertThat(reply.body()).contains("\"code\":").contains("malformed HTTP request");
  }

  @Test
  void aHeaderThatIsTooLongIsAnsweredInJson() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /ping HTTP/1.1\r\nX: " + "y".repeat(3 * Limits.HEADER_BYTES));
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(431);
      assertThat(reply.body()).contains("\"code\":");
    }
  }
}
