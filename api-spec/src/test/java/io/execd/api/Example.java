package io.execd.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.execd.api.Contract.Named;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One example of a body, with the schema it must fit. */
record Example(Contract contract, String place, String mediaType, JsonNode schema, JsonNode value) {

  /** A bare JSON line, or the standard framing with its id. */
  private static final Pattern EVENT = Pattern.compile("(?:id: \\d+\ndata: )?(\\{.*})");

  /** All examples of a request body or an answer. */
  static Stream<Example> of(Contract contract, String place, JsonNode body) {
    return Contract.named(body.path("content")).flatMap(it -> of(contract, place, it));
  }

  private static Stream<Example> of(Contract contract, String place, Named media) {
    JsonNode schema = media.node().path("schema");
    return Contract.named(media.node().path("examples"))
        .map(it ->
            new Example(
                contract,
                place + " example " + it.name(),
                media.name(),
                schema,
                it.node().path("value")));
  }

  /** What is wrong with the example; each event of a stream counts as one value. */
  Stream<String> violations() {
    return values().flatMap(it -> Schemas.violations(contract, schema, it)).map(this::at);
  }

  boolean holdsNull() {
    return values().anyMatch(Example::holdsNull);
  }

  private String at(String violation) {
    return place + ": " + violation;
  }

  private Stream<JsonNode> values() {
    return mediaType.equals("text/event-stream") ? events() : Stream.of(value);
  }

  /** The events of a stream; a block that is badly framed comes out as null, which fits nothing. */
  private Stream<JsonNode> events() {
    if (!value.asText().endsWith("}\n\n")) {
      return Stream.of(NullNode.instance);
    }
    return Arrays.stream(value.asText().split("\n\n")).map(Example::event);
  }

  private static JsonNode event(String block) {
    var frame = EVENT.matcher(block);
    return frame.matches() ? parse(frame.group(1)) : NullNode.instance;
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      return NullNode.instance;
    }
  }

  private static boolean holdsNull(JsonNode node) {
    return node.isNull() || node.valueStream().anyMatch(Example::holdsNull);
  }
}
