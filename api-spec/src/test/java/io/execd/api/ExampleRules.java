package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.execd.api.Contract.Named;
import java.util.Set;
import java.util.stream.Stream;

/** Examples are there and true. */
final class ExampleRules {

  private static final Set<String> RAW =
      Set.of("*/*", "application/octet-stream", "multipart/byteranges");

  private ExampleRules() {}

  static Stream<String> present(Contract contract) {
    return contract.operations().stream()
        .flatMap(operation ->
            bodies(operation)
                .filter(it -> !RAW.contains(it.name()) && it.node().path("examples").isEmpty())
                .map(it -> operation.breaks(it.name() + " needs an example")));
  }

  static Stream<String> requests(Contract contract) {
    return contract.operations().stream()
        .flatMap(Operation::requestExamples)
        .flatMap(Example::violations);
  }

  static Stream<String> answers(Contract contract) {
    return contract.operations().stream()
        .flatMap(Operation::answerExamples)
        .flatMap(Example::violations);
  }

  static Stream<String> parameters(Contract contract) {
    return contract.operations().stream()
        .flatMap(Operation::parameters)
        .distinct()
        .flatMap(it -> parameter(contract, it));
  }

  private static Stream<String> parameter(Contract contract, JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    return Stream.of(parameter.path("example"), schema.path("default"))
        .filter(it -> !it.isMissingNode())
        .flatMap(it -> Schemas.violations(contract, schema, it))
        .map(it -> parameter.path("name").asText() + ": " + it);
  }

  private static Stream<Named> bodies(Operation operation) {
    return Stream.concat(
            Stream.of(operation.node().path("requestBody")), operation.responses().map(Named::node))
        .flatMap(it -> Contract.named(it.path("content")));
  }
}
