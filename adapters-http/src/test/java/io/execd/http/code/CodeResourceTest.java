package io.execd.http.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.http.command.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code operations over HTTP, with kernels in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeResourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiServer server;

  @BeforeAll
  void start() throws IOException {
    server = new ApiServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String context() throws Exception {
    return JSON.readTree(server.post("/code/context", "{\"language\":\"python\"}").body())
        .path("id")
        .asText();
  }

  private static String in(String id, String code) {
    return "{\"code\":\"" + code + "\",\"context\":{\"id\":\"" + id + "\"}}";
  }

  private static List<JsonNode> events(String body) {
    return body.lines().filter(line -> !line.isEmpty()).map(CodeResourceTest::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void anExecutionIsAnEventStream() throws Exception {
    String id = context();
    HttpResponse<String> answer = server.post("/code", in(id, "print a\\nvalue b"));
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    List<JsonNode> events = events(answer.body());
    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "init",
            "ping",
            "status",
            "execution_count",
            "stdout",
            "result",
            "status",
            "execution_complete");
    assertThat(events.getFirst().path("text").asText()).isEqualTo(id);
    assertThat(events.get(4).path("text").asText()).isEqualTo("a\n");
    assertThat(events.get(5).toString()).contains("\"results\":{\"text\":\"b\"}");
  }

  @Test
  void theOlderFormAndTheNewerMeanTheSame() throws Exception {
    String older = server.post("/code", "{\"code\":\"print a\",\"language\":\"bash\"}").body();
    String newer =
        server.post("/code", "{\"code\":\"print a\",\"context\":{\"language\":\"bash\"}}").body();
    assertThat(events(older).getFirst().path("text"))
        .isEqualTo(events(newer).getFirst().path("text"));
  }

  @Test
  void codeWithoutALanguageIsACommand() throws Exception {
    String answer = server.post("/code", "{\"code\":\"echo hi\",\"context\":null}").body();
    assertThat(answer).contains("\"stdout\"").contains("\"hi\"").contains("execution_complete");
  }

  @Test
  void whatIsBusySaysWhenToTryAgain() throws Exception {
    String id = context();
    HttpResponse<InputStream> first =
        server.open(server.request("/code").POST(BodyPublishers.ofString(in(id, "sleep"))).build());
    HttpResponse<String> second = server.post("/code", in(id, "print a"));
    assertThat(second.statusCode()).isEqualTo(500);
    assertThat(second.body())
        .isEqualTo("{\"code\":\"RUNTIME_ERROR\",\"message\":\"session is busy\"}");
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    assertThat(server.delete("/command?id=" + id).statusCode()).isEqualTo(200);
    assertThat(new String(first.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("INTERRUPTED")
        .contains("KeyboardInterrupt");
  }

  @Test
  void bothInterruptsTakeBothKindsOfId() throws Exception {
    String id = context();
    assertThat(server.delete("/code?id=" + id).statusCode()).isEqualTo(200);
    assertThat(server.delete("/command?id=" + id).statusCode()).isEqualTo(200);
    assertThat(server.delete("/code?id=nobody").statusCode()).isEqualTo(500);
    assertThat(server.delete("/code").body()).contains("MISSING_QUERY");
  }

  @Test
  void contextsAreListedWithoutEmptyFieldsAndDeletedOnce() throws Exception {
    String id = context();
    assertThat(server.get("/code/contexts?language=python").body())
        .contains(id)
        .doesNotContain("null");
    assertThat(server.get("/code/contexts/" + id).body())
        .isEqualTo("{\"id\":\"" + id + "\",\"language\":\"python\"}");
    HttpResponse<String> deleted = server.delete("/code/contexts/" + id);
    assertThat(deleted.headers().firstValue("Content-Length")).contains("0");
    assertThat(server.delete("/code/contexts/" + id).body()).contains("CONTEXT_NOT_FOUND");
    assertThat(server.delete("/code/contexts").body()).contains("MISSING_QUERY");
    assertThat(server.delete("/code/contexts?language=python").statusCode()).isEqualTo(200);
    assertThat(server.get("/code/contexts?language=python").body()).isEqualTo("[]");
    assertThat(server.get("/code/contexts?language=sql").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"code\":\"\"}",
        "{\"code\":\"a\\u0000\",\"language\":\"python\"}",
        "{\"code\":\"\\ud800\",\"language\":\"python\"}",
        "{\"code\":\"a\",\"language\":\"cobol\"}",
        "{\"code\":\"a\",\"timeout\":-1}",
        "{\"code\":\"a\",\"context\":{\"language\":\"python\",\"cwd\":\"$NOSUCH\"}}"
      })
  void whatCannotBeUsedIsRefused(String body) throws Exception {
    HttpResponse<String> answer = server.post("/code", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_REQUEST_BODY");
  }

  @Test
  void anUnknownContextIsNotFound() throws Exception {
    HttpResponse<String> answer = server.post("/code", in("nobody", "print a"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("CONTEXT_NOT_FOUND");
  }
}
