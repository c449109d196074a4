package io.execd.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that the spec declares pass, and each kind of departure from it is rejected. */
class AnswerCheckTest {
  private static final String CONTEXT = "{\"id\":\"7\",\"language\":\"python\"}";
  private static final String EVENT = "{\"type\":\"init\",\"timestamp\":1,\"text\":\"7\"}";

  private static List<String> violations(
      String method, String path, int status, String type, String body) {
    Map<String, String> headers = Map.of("content-type", type);
    return AnswerCheck.ofSpec().violations(new Answer(method, path, status, headers, body));
  }

  private static List<String> context(int status, String body) {
    return violations("GET", "/code/contexts/7", status, "application/json", body);
  }

  private static List<String> stream(String query, String body) {
    return violations("POST", "/command" + query, 200, "text/event-stream", body);
  }

  @Test
  void acceptsADeclaredAnswer() {
    assertThat(context(200, CONTEXT)).isEmpty();
  }

  @Test
  void rejectsARenamedField() {
    assertThat(context(200, CONTEXT.replace("}", ",\"dir\":\"/\"}")))
        .anyMatch(it -> it.contains("dir"));
  }

  @Test
  void rejectsAMissingRequiredField() {
    assertThat(context(200, "{\"id\":\"7\"}")).anyMatch(it -> it.contains("language"));
  }

  @Test
  void rejectsNullInAnAnswer() {
    assertThat(context(200, CONTEXT.replace("}", ",\"cwd\":null}")))
        .anyMatch(it -> it.contains("cwd"));
  }

  @Test
  void rejectsAnUndeclaredStatus() {
    assertThat(context(202, CONTEXT)).containsExactly("status 202");
  }

  @Test
  void rejectsAnotherMediaType() {
    assertThat(violations("GET", "/code/contexts/7", 200, "text/plain", CONTEXT))
        .containsExactly("media type \"text/plain\"");
  }

  @Test
  void rejectsABodyWhereNoneIsDeclared() {
    assertThat(violations("GET", "/ping", 200, "text/plain", "pong")).isNotEmpty();
  }

  @Test
  void rejectsAnUnknownRouteThatSucceeds() {
    assertThat(violations("GET", "/pong", 200, "text/plain", "")).containsExactly("status 200");
  }

  @Test
  void acceptsEventsInBothFramings() {
    assertThat(stream("", EVENT + "\n\n" + EVENT + "\n\n")).isEmpty();
    assertThat(stream("?sse=standard", "data: " + EVENT + "\nid: 3\n\n")).isEmpty();
  }

  @Test
  void rejectsAWrongEventType() {
    assertThat(stream("", EVENT.replace("init", "begin") + "\n\n"))
        .anyMatch(it -> it.contains("/type"));
  }

  @Test
  void rejectsTheFramingThatWasNotAskedFor() {
    assertThat(stream("", "data: " + EVENT + "\nid: 3\n\n")).isNotEmpty();
    assertThat(stream("?sse=standard", EVENT + "\n\n")).isNotEmpty();
    assertThat(stream("", EVENT)).isNotEmpty();
  }

  /** The codes of the server itself, and only those, may come where an operation lists none. */
  @ParameterizedTest
  @CsvSource({
    "GET,/ping,408,INVALID_REQUEST_BODY,true",
    "GET,/ping,404,NOT_FOUND,false",
    "GET,/pong,404,NOT_FOUND,true",
    "GET,/pong,404,FILE_NOT_FOUND,false",
    "PUT,/ping,405,METHOD_NOT_ALLOWED,true",
    "GET,/v1/isolated/x,503,SERVICE_UNAVAILABLE,true",
    "GET,/v1/filesystem/1/2/files/info,404,FILE_NOT_FOUND,true",
    "GET,/v1/filesystem/1/2/ping,200,NOT_FOUND,false"
  })
  void errorsOfTheServer(String method, String path, int status, String code, boolean good) {
    String body = "{\"code\":\"%s\",\"message\":\"why\"}".formatted(code);
    assertThat(violations(method, path, status, "application/json", body).isEmpty())
        .isEqualTo(good);
  }
}
