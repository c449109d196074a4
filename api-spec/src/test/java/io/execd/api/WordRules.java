package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whatever has a name also has words. */
final class WordRules {

  private static final Pattern SCHEMA_OR_PROPERTY = Pattern.compile("/[^/]+(/properties/[^/]+)*");

  private WordRules() {}

  static Stream<String> operations(Contract contract) {
    return contract.operations().stream()
        .filter(it -> lacks(it.node(), "summary") || lacks(it.node(), "description"))
        .map(it -> it.breaks("needs a summary and a description"));
  }

  static Stream<String> answers(Contract contract) {
    return contract.operations().stream()
        .flatMap(operation ->
            operation
                .responses()
                .filter(it -> lacks(it.node(), "description"))
                .map(it -> operation.breaks(it.name() + " needs a description")));
  }

  static Stream<String> parameters(Contract contract) {
    return contract.operations().stream()
        .flatMap(operation ->
            operation
                .parameters()
                .filter(it -> lacks(it, "description") || !it.has("example"))
                .map(it -> operation.breaks(it.path("name").asText() + " needs both")));
  }

  static Stream<String> properties(Contract contract) {
    List<String> found = new ArrayList<>();
    Contract.walk(
        "",
        contract.root().path("components").path("schemas"),
        (pointer, node) -> {
          if (SCHEMA_OR_PROPERTY.matcher(pointer).matches() && lacks(node, "description")) {
            found.add(pointer + " needs a description");
          }
        });
    return found.stream();
  }

  static boolean lacks(JsonNode node, String field) {
    return node.path(field).asText().isBlank();
  }
}
