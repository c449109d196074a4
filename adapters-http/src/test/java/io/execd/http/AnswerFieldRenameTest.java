package io.execd.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.api.Answer;
import io.execd.api.AnswerCheck;
import io.execd.http.command.ApiServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A field of an answer cannot change in the spec alone: what the daemon really sends is refused.
 */
class AnswerFieldRenameTest {

  private static List<String> violations(ApiSpec spec, String schema) throws Exception {
    try (ApiServer server = new ApiServer()) {
      boolean stream = schema.equals("ServerStreamEvent");
      HttpResponse<String> answer =
          stream
              ? server.post("/command", "{\"command\":\"echo hi\"}")
              : server.get("/files/info?path=/");
      return new AnswerCheck(spec.root()).violations(answer(answer));
    }
  }

  private static Answer answer(HttpResponse<String> answer) {
    String type = answer.headers().firstValue("content-type").orElseThrow();
    return new Answer(
        answer.request().method(),
        answer.uri().getPath(),
        answer.statusCode(),
        Map.of("content-type", type),
        answer.body());
  }

  private static ApiSpec renamed(String schema, String field) throws Exception {
    ApiSpec spec = ApiSpec.read();
    var properties = spec.at("/components/schemas/" + schema + "/properties");
    properties.set(field + "_renamed", properties.remove(field));
    return spec;
  }

  @Test
  void theSpecAsItIsFitsTheAnswers() throws Exception {
    assertThat(violations(ApiSpec.read(), "FileInfo")).isEmpty();
    assertThat(violations(ApiSpec.read(), "ServerStreamEvent")).isEmpty();
  }

  @Test
  void aRenamedFieldOfAnAnswerIsRejected() throws Exception {
    assertThat(violations(renamed("FileInfo", "mode"), "FileInfo"))
        .anyMatch(violation -> violation.contains("'mode'"));
  }

  @Test
  void aRenamedFieldOfAnEventIsRejected() throws Exception {
    assertThat(violations(renamed("ServerStreamEvent", "text"), "ServerStreamEvent"))
        .anyMatch(violation -> violation.contains("'text'"));
  }
}
