package io.execd.http.server;

import static io.execd.http.server.RawClient.get;
import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.Failure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {
  private static final String JSON = "application/json";
  private static final List<String> UTF8_TARGETS =
      List.of("/test/query?text=", "/test/", "/ping?", "/openapi.yaml?", "/v1/isolated/");

  @AutoClose private final TestServer server = new TestServer(null);

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void pingIsEmptyAndHasALength(String method) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Reply reply =
          client.send(method + " /ping?x=1 HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers()).containsEntry("content-length", "0").containsKey("date");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /ping, 405, METHOD_NOT_ALLOWED",
    "PUT, /test/echo, 405, METHOD_NOT_ALLOWED",
    "POST, /openapi.yaml, 405, METHOD_NOT_ALLOWED",
    "GET, /nothing, 404, NOT_FOUND",
    "GET, /, 404, NOT_FOUND",
    "GET, /test/query?number=five, 400, INVALID_REQUEST_BODY",
    "GET, /v1/isolated/sessions/7, 503, SERVICE_UNAVAILABLE",
    "GET, /test/bug, 500, RUNTIME_ERROR",
    "BREW, /test/echo, 405, METHOD_NOT_ALLOWED"
  })
  void refusalsAreJson(String method, String path, int status, String code) throws IOException {
    RawClient.Reply reply =
        server.call(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers()).containsEntry("content-type", JSON);
    assertThat(reply.body()).startsWith("{\"code\":\"" + code + "\",\"message\":\"");
    assertThat(reply.body()).doesNotContain("secret");
  }

  @Test
  void aWrongMethodNamesTheRightOnes() throws IOException {
    assertThat(server.call(get("/test/echo")).headers().get("allow")).contains("POST");
    assertThat(server.call(post("/ping", "")).headers()).containsEntry("allow", "GET, HEAD");
    RawClient.Reply query = server.call(post("/test/query", ""));
    assertThat(query.headers()).containsEntry("allow", "GET, HEAD");
  }

  @Test
  void headOfAStreamSaysNoLength() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Reply head = client.send(get("/test/lines").replaceFirst("GET", "HEAD")).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers())
          .doesNotContainKey("content-length")
          .containsEntry("transfer-encoding", "chunked");
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "text/html", ";;;", "application/json;q=0"})
  void acceptNeverRefuses(String accept) throws IOException {
    String request = "GET /test/query HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n\r\n";
    assertThat(server.call(request).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"image/png, Content-Type", "multipart/;;;, headers"})
  void aBodyOfAnotherTypeIsRefusedAsABadRequest(String type, String named) throws IOException {
    RawClient.Reply reply =
        server.call(
            "POST /test/echo HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + type
                + "\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"code\":\"INVALID_REQUEST_BODY\"").contains(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/test/query?text=abc", "/openapi.yaml", "/nothing", "/test/fail?code=BUSY"})
  void headHasTheLengthOfGet(String path) throws IOException {
    RawClient.Reply get = server.call(get(path));
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Reply head = client.send(get(path).replaceFirst("GET", "HEAD")).readHead();
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.headers().get("content-length"))
          .isEqualTo(get.headers().get("content-length"));
      assertThat(client.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"/test/echo, POST", "/ping, 'GET, HEAD'", "/openapi.yaml, 'GET, HEAD'"})
  void optionsNamesTheMethodsOfARoute(String path, String methods) throws IOException {
    RawClient.Reply reply = server.call(get(path).replaceFirst("GET", "OPTIONS"));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("allow", methods);
    assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @CsvSource({"/ping/, 200", "/openapi.yaml/, 200", "/v1/isolated/, 503", "/ping//, 404"})
  void aSlashAtTheEndOfARouteMeansNothing(String path, int status) throws IOException {
    assertThat(server.call(get(path)).status()).isEqualTo(status);
  }

  @Test
  void successWithoutABodyHasALength() throws IOException {
    RawClient.Reply reply =
        server.call("DELETE /test/empty HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("content-length", "0");
    assertThat(reply.headers()).doesNotContainKey("transfer-encoding");
  }

  @Test
  void queriesAreDecodedAsClientsWriteThem() throws IOException {
    assertThat(server.call(get("/test/query?text=a+b%20c%2Fd%2B%C3%A4")).body())
        .isEqualTo("{\"text\":\"a b c/d+ä\"}");
    assertThat(server.call(get("/test/query?text={a|b}\"[]%zz")).body())
        .isEqualTo("{\"text\":\"{a|b}\\\"[]%zz\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ä€𝄞", "%C3%A4%E2%82%AC%F0%9D%84%9E", "ä%E2%82%AC𝄞"})
  void aQueryIsUtf8RawOrEncoded(String text) throws IOException {
    assertThat(server.call(get("/test/query?text=" + text)).body())
        .isEqualTo("{\"text\":\"ä€\\uD834\\uDD1E\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e4", "%E4", "%ED%A0%80", "%C3", "\u00c3%28", "%c0%80"})
  void aTargetThatIsNotUtf8IsRefused(String octets) throws IOException {
    for (String path : UTF8_TARGETS) {
      try (RawClient client = new RawClient(server.port())) {
        byte[] request = get(path + octets).getBytes(StandardCharsets.ISO_8859_1);
        RawClient.Reply reply = client.send(request).read();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("path or query: not valid UTF-8");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "1, true", "False, false", "'', null", "bogus, "})
  void aFlagInAQueryIsTrueOrFalse(String given, String read) throws IOException {
    RawClient.Reply reply = server.call(get("/test/flag?flag=" + given));
    assertThat(reply.status()).isEqualTo(read == null ? 400 : 200);
    assertThat(reply.body()).contains(read == null ? "flag: not a usable value" : read);
  }

  @Test
  void theSpecIsServed() throws IOException {
    RawClient.Reply reply = server.call(get("/openapi.yaml"));
    assertThat(reply.headers()).containsEntry("content-type", "application/yaml");
    assertThat(reply.body()).startsWith("openapi: 3.1");
  }

  @Test
  void isolationIsSaidToBeMissing() throws IOException {
    assertThat(server.call(get("/v1/isolated/capabilities")).body())
        .startsWith("{\"available\":false,\"message\":\"");
  }

  @Test
  void aRequestIdIsEchoedOrMade() throws IOException {
    String named = "GET /ping HTTP/1.1\r\nHost: x\r\nX-Request-ID: my-id\r\n\r\n";
    assertThat(server.call(named).headers()).containsEntry("x-request-id", "my-id");
    String first = server.call(get("/nothing")).headers().get("x-request-id");
    String second = server.call(get("/nothing")).headers().get("x-request-id");
    assertThat(first).isNotEmpty().isNotEqualTo(second);
  }

  @Test
  void aRequestIdThatIsNoWordIsReplaced() throws IOException {
    String named = "GET /ping HTTP/1.1\r\nHost: x\r\nX-Request-ID: a b\r\n\r\n";
    assertThat(server.call(named).headers().get("x-request-id")).doesNotContain("a b");
  }

  @ParameterizedTest
  @EnumSource(Failure.Code.class)
  void everyFailureHasItsStatus(Failure.Code code) throws IOException {
    RawClient.Reply reply = server.call(get("/test/fail?code=" + code));
    Answer expected = ErrorMapper.answerOf(new Failure(code, ""));
    assertThat(reply.status()).isEqualTo(expected.status());
    assertThat(reply.headers().containsKey("retry-after"))
        .isEqualTo(reply.status() == 503 || code == Failure.Code.BUSY);
    assertThat(reply.body())
        .isEqualTo(
            "{\"code\":\"%s\",\"message\":\"field: \\\"quoted\\\" \\u2028\"}"
                .formatted(expected.code()));
  }

  @Test
  void theTokenOpensEveryRoute() throws IOException {
    try (TestServer closed = new TestServer("s€cret")) {
      for (String path : new String[] {"/ping", "/nothing", "/proxy/80/", "/openapi.yaml"}) {
        RawClient.Reply reply = closed.call(get(path));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo(unauthorized());
      }
    }
  }

  private static String unauthorized() {
    String message = "Unauthorized: invalid or missing header X-EXECD-ACCESS-TOKEN";
    return "{\"error\":\"%s\",\"code\":\"UNAUTHORIZED\",\"message\":\"%s\"}"
        .formatted(message, message);
  }

  @ParameterizedTest
  @CsvSource({"token, 200", "Token, 401", "toke, 401", "tokens, 401"})
  void onlyTheWholeTokenOpens(String given, int status) throws IOException {
    try (TestServer closed = new TestServer("token")) {
      String request = "GET /ping HTTP/1.1\r\nHost: x\r\nX-EXECD-ACCESS-TOKEN: " + given;
      assertThat(closed.call(request + "\r\n\r\n").status()).isEqualTo(status);
    }
  }

  @Test
  void secretsInQueriesAreNotLogged() {
    String query =
        "a=1&access_token=t0p&Password=" + URLEncoder.encode("x&y", StandardCharsets.UTF_8);
    assertThat(RequestLog.path("/p", query)).isEqualTo("/p?a=1&access_token=***&Password=***");
  }
}
