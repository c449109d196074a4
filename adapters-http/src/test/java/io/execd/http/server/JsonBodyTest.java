package io.execd.http.server;

import static io.execd.http.server.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonBodyTest {
  private static final String HEAD = "POST /test/echo HTTP/1.1\r\nHost: x\r\n";
  @AutoClose private final TestServer server = new TestServer(null);

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("", "request body: must not be empty"),
        Arguments.of("   ", "request body: must not be empty"),
        Arguments.of("null", "request body: must not be null"),
        Arguments.of("{\"name\":\"a", "name: cut off before its JSON ends"),
        Arguments.of("{\"name\":\"a\"", "request body: cut off before its JSON ends"),
        Arguments.of("{\"name\":\"a\"} x", "request body: not valid JSON at line 1, column 14"),
        Arguments.of("{\"name\":\"a\"}{}", "request body: must be an object"),
        Arguments.of("{name:1}", "request body: not valid JSON at line 1, column 2"),
        Arguments.of("[]", "request body: must be an object"),
        Arguments.of("\"text\"", "request body: must be an object"),
        Arguments.of("{\"name\":5}", "name: must be a string"),
        Arguments.of("{\"name\":true}", "name: must be a string"),
        Arguments.of("{\"name\":[\"a\"]}", "name: must be a string"),
        Arguments.of("{\"count\":\"5\"}", "count: must be a whole number"),
        Arguments.of("{\"count\":1.5}", "count: must be a whole number"),
        Arguments.of("{\"count\":\"\"}", "count: must be a whole number"),
        Arguments.of("{\"count\":99999999999}", "count: not a usable value at line 1, column 21"),
        Arguments.of("{\"flag\":1}", "flag: must be true or false"),
        Arguments.of("{\"flag\":\"true\"}", "flag: must be true or false"),
        Arguments.of("{\"envs\":{\"A\":{}}}", "envs.A: must be a string"),
        Arguments.of("{\"envs\":[]}", "envs: must be an object"),
        Arguments.of("{\"list\":\"a\"}", "list: must be an array"),
        Arguments.of("{\"list\":[\"a\",1]}", "list[1]: must be a string"),
        Arguments.of("{\"inner\":{\"inner\":{\"name\":1}}}", "inner.inner.name: must be a string"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aBadBodyIsNamed(String body, String message) throws IOException {
    RawClient.Reply reply = server.call(post("/test/echo", body));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .isEqualTo("{\"code\":\"INVALID_REQUEST_BODY\",\"message\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Length: 0\r\n", "Content-Length: 2\r\n"})
  void aBodyThatMayBeLeftOutNeedNotBeThere(String length) throws IOException {
    String head = "POST /test/optional HTTP/1.1\r\nHost: x\r\n" + length + "\r\n";
    assertThat(server.call(head + (length.contains("2") ? "{}" : "")).body())
        .isEqualTo("{\"given\":" + length.contains("2") + "}");
    assertThat(server.call(head.replace("optional", "echo") + "{}").status())
        .isEqualTo(length.contains("2") ? 200 : 400);
  }

  static Stream<Arguments> halfPairs() {
    return Stream.of(
        Arguments.of("{'name':'rm -v \\ud83c'}", "name"),
        Arguments.of("{'name':'\\udc00\\ud800'}", "name"),
        Arguments.of("{'name':'\\ud800\\u0041'}", "name"),
        Arguments.of("{'name':'\\uD800x\\uDC00'}", "name"),
        Arguments.of("{'list':['a','\\ud800']}", "list[1]"),
        Arguments.of("{'envs':{'A':'\\udfff'}}", "envs.A"),
        Arguments.of("{'inner':{'inner':{'name':'\\ud800'}}}", "inner.inner.name"),
        Arguments.of("{'unknown':{'x':[{'y':'\\ud800'}]}}", "unknown.x[0].y"),
        Arguments.of("{'unknown':'\\ud800'}", "unknown"));
  }

  @ParameterizedTest
  @MethodSource("halfPairs")
  void halfOfASurrogatePairIsRefusedWhereverItStands(String body, String field) throws IOException {
    RawClient.Reply reply = server.call(post("/test/echo", body.replace('\'', '"')));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .contains("\"" + field + ": half of a surrogate pair is no text at line 1, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'envs':{'\\ud800':'a'}}", "{'\\ud800':1}", "{'u':{'a\\udc00':1}}"})
  void halfOfASurrogatePairIsRefusedInNames(String body) throws IOException {
    assertThat(server.call(post("/test/echo", body.replace('\'', '"'))).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d\\ude00", "😀", "\\\\ud83d", "\\u20ac"})
  void allOtherTextIsTaken(String text) throws IOException {
    assertThat(server.call(post("/test/echo", "{\"name\":\"" + text + "\"}")).status())
        .isEqualTo(200);
  }

  @Test
  void nullAsAValueOfAMapIsAbsent() throws IOException {
    RawClient.Reply reply = server.call(post("/test/echo", "{\"envs\":{\"A\":null,\"B\":\"b\"}}"));
    assertThat(reply.body()).isEqualTo("{\"envs\":{\"B\":\"b\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"list\":[\"", "\"envs\":{\""})
  void tooManyValuesAreRefusedByName(String open) throws IOException {
    boolean isList = open.endsWith("[\"");
    String value = isList ? "\",\"" : "\":\"\",\"";
    String body = "{" + open + value.repeat(Limits.JSON_TOKENS);
    RawClient.Reply reply = server.call(post("/test/echo", body));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .contains(isList ? "\"list[" : "\"envs")
        .contains(": the request body holds more than " + Limits.JSON_TOKENS + " values");
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() throws IOException {
    byte[] body = "{\"name\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
    try (RawClient client = new RawClient(server.port())) {
      client.send(HEAD + "Content-Length: " + body.length + "\r\n\r\n").send(body);
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("not valid UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNestingIsRefused(String open) throws IOException {
    String body = "{\"unknown\":" + open.repeat(50_000);
    RawClient.Reply reply = server.call(post("/test/echo", body));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("nested deeper than " + Limits.JSON_DEPTH);
  }

  @Test
  void unknownFieldsAndNullsAreNothing() throws IOException {
    String body = "{\"name\":\"a\",\"count\":null,\"other\":{\"x\":[1]},\"name\":\"b\"}";
    RawClient.Reply reply = server.call(post("/test/echo", body));
    assertThat(reply.body()).isEqualTo("{\"name\":\"b\"}");
    assertThat(reply.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("content-length", "12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/x-www-form-urlencoded",
        "text/plain",
        "rubbish"
      })
  void aSloppyContentTypeIsReadAsJson(String type) throws IOException {
    String body = "{\"name\":\"ä\"}";
    String head = HEAD + "Content-Type: " + type + "\r\nContent-Length: 13\r\n\r\n";
    assertThat(server.call(head + body).body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "identity, GZIP", "deflate", "br", "zstd", "compress"})
  void aCompressedBodyIsRefusedByName(String coding) throws IOException {
    String head = HEAD + "Content-Encoding: " + coding + "\r\nContent-Length: 2\r\n\r\n{}";
    RawClient.Reply reply = server.call(head);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("Content-Encoding: " + coding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "utf-8", "", "bridge"})
  void aCodingThatIsNoneIsIgnored(String coding) throws IOException {
    String head = HEAD + "Content-Encoding: " + coding + "\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(server.call(head).status()).isEqualTo(200);
  }

  @Test
  void aChunkedBodyIsJoined() throws IOException {
    String head = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    try (RawClient client = new RawClient(server.port())) {
      client.send(head + "5\r\n{\"nam\r\n").send("7\r\ne\":\"a\"}\r\n").send("0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("{\"name\":\"a\"}");
      assertThat(client.send(post("/test/echo", "{}")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerBeyondEveryBufferHasALength() throws IOException {
    String body = "{\"name\":\"" + "x".repeat(300_000) + "\"}";
    RawClient.Reply reply = server.call(post("/test/echo", body));
    assertThat(reply.headers()).containsEntry("content-length", "" + body.length());
    assertThat(reply.body()).isEqualTo(body);
  }

  @Test
  void aBodyDeclaredTooLongIsRefusedUnread() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(HEAD + "Content-Length: " + (Limits.JSON_BODY_BYTES + 1) + "\r\n\r\n{");
      assertTooLarge(client.read());
    }
  }

  @Test
  void aChunkedBodyIsRefusedWhenItGetsTooLong() throws IOException {
    byte[] chunk = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = new RawClient(server.port())) {
      client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\nA\r\n{\"name\": \"\r\n");
      for (int sent = 0; sent <= Limits.JSON_BODY_BYTES; sent += chunk.length) {
        client.send("100000\r\n").send(chunk).send("\r\n");
      }
      assertTooLarge(client.read());
    }
  }

  private static void assertTooLarge(RawClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body()).contains("\"code\":\"PAYLOAD_TOO_LARGE\"");
  }

  @Test
  void aBodyJustWithinTheLimitIsRead() throws IOException {
    String body = "{\"other\":\"" + "x".repeat(Limits.JSON_BODY_BYTES - 12) + "\"}";
    assertThat(server.call(post("/test/echo", body)).body()).isEqualTo("{}");
  }
}
