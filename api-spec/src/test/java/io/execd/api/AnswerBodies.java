package io.execd.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Validates bodies and headers of answers; each schema is compiled once. */
final class AnswerBodies {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Contract contract;
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  AnswerBodies(Contract contract) {
    this.contract = contract;
    Contract.walk("", contract.root(), (pointer, node) -> close(node));
  }

  /**
   * Makes undeclared fields a violation. The published spec leaves objects open, so that later
   * versions may add fields.
   */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode schema
        && schema.path("type").asText().equals("object")
        && schema.path("properties").isObject()
        && !schema.has("additionalProperties")) {
      schema.put("unevaluatedProperties", false);
    }
  }

  Stream<String> violations(Answer answer, JsonNode response) {
    JsonNode content = response.path("content");
    String body = answer.body();
    if (answer.method().equals("HEAD")) {
      return Stream.empty();
    }
    if (content.isEmpty()) {
      return body == null || body.isEmpty() ? Stream.empty() : Stream.of("a body: " + body);
    }
    String type = answer.mediaType();
    if (!content.has(type) && !content.has("*/*")) {
      return Stream.of("media type \"" + type + "\"");
    }
    JsonNode schema = content.path(type).path("schema");
    return body == null ? Stream.empty() : values(answer, type, body, schema);
  }

  private Stream<String> values(Answer answer, String type, String body, JsonNode schema) {
    return switch (type) {
      case "application/json" -> json(schema, body);
      case "text/event-stream" ->
          EventFrames.of(body, answer.standardFraming()).flatMap(it -> json(schema, it));
      case "application/x-ndjson" -> body.lines().flatMap(it -> json(schema, it));
      default -> Stream.empty();
    };
  }

  Stream<String> error(Answer answer) {
    String body = answer.body();
    if (body == null || answer.method().equals("HEAD")) {
      return Stream.empty();
    }
    return answer.mediaType().equals("application/json")
        ? json(errorSchema(), body)
        : Stream.of("media type \"" + answer.mediaType() + "\"");
  }

  /** The same, and the code is one of these. */
  Stream<String> error(Answer answer, Set<String> codes) {
    List<String> violations = error(answer).toList();
    String body = answer.body();
    if (!violations.isEmpty() || body == null || answer.method().equals("HEAD")) {
      return violations.stream();
    }
    String code = parse(body).path("code").asText();
    return codes.contains(code)
        ? Stream.empty()
        : Stream.of("status " + answer.status() + " with code " + code);
  }

  private JsonNode errorSchema() {
    return contract.at("/components/schemas/ErrorResponse");
  }

  Stream<String> header(String name, JsonNode declared, Answer answer) {
    JsonNode header = contract.resolve(declared);
    String value = answer.headers().get(name.toLowerCase(Locale.ROOT));
    if (value == null) {
      return header.path("required").asBoolean()
          ? Stream.of("header " + name + " is missing")
          : Stream.empty();
    }
    JsonNode schema = header.path("schema");
    boolean text = schema.path("type").asText().equals("string");
    return validate(schema, text ? TextNode.valueOf(value) : parse(value)).map(it -> name + it);
  }

  private Stream<String> json(JsonNode schema, String text) {
    return validate(schema, parse(text)).map(it -> it + " in " + text);
  }

  private Stream<String> validate(JsonNode schema, JsonNode value) {
    return compiled
        .computeIfAbsent(schema, it -> Schemas.compile(contract, it))
        .validate(value)
        .stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage());
  }

  /** The value of a JSON text; text that is not JSON comes out as text, which no body may be. */
  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return TextNode.valueOf(text);
    }
  }
}
