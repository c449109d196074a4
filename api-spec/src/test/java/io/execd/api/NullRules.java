package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.execd.api.Contract.Named;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Null counts as absent in a request and never appears in an answer. */
final class NullRules {

  private static final Set<String> REQUESTS =
      Set.of(
          "CodeContextSelector",
          "Permission",
          "FileMetadata",
          "RenameFileItem",
          "ReplaceFileContentItem");

  private NullRules() {}

  static Stream<String> requests(Contract contract) {
    return contract
        .components("schemas")
        .filter(it -> isRequest(it.name()))
        .flatMap(NullRules::optionalWithoutNull);
  }

  static Stream<String> answers(Contract contract) {
    return contract
        .components("schemas")
        .filter(it -> !isRequest(it.name()))
        .flatMap(NullRules::withNull);
  }

  static Stream<String> answerExamples(Contract contract) {
    return contract.operations().stream()
        .flatMap(Operation::answerExamples)
        .filter(Example::holdsNull)
        .map(it -> it.place() + " holds null");
  }

  private static boolean isRequest(String schema) {
    return schema.endsWith("Request") || REQUESTS.contains(schema);
  }

  private static Stream<String> optionalWithoutNull(Named schema) {
    Set<String> required =
        schema.node().path("required").valueStream().map(JsonNode::asText).collect(toSet());
    return properties(schema)
        .filter(it -> !required.contains(it.name()) && !admitsNull(it.node()))
        .map(it -> schema.name() + "/properties/" + it.name() + " must admit null");
  }

  private static Stream<String> withNull(Named schema) {
    return properties(schema)
        .filter(it -> admitsNull(it.node()))
        .map(it -> schema.name() + "/properties/" + it.name() + " must not admit null");
  }

  private static Stream<Named> properties(Named schema) {
    return Contract.named(schema.node().path("properties"));
  }

  private static boolean admitsNull(JsonNode property) {
    JsonNode type = property.path("type");
    return type.asText().equals("null")
        || type.valueStream().anyMatch(it -> it.asText().equals("null"))
        || property.path("anyOf").valueStream().anyMatch(NullRules::admitsNull);
  }

  private static Collector<String, ?, Set<String>> toSet() {
    return Collectors.toSet();
  }
}
