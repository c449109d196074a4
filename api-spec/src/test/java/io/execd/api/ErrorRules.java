package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.execd.api.Contract.Named;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which answers an operation lists, and how its errors look. */
final class ErrorRules {

  private static final Set<String> ALWAYS = Set.of("401", "503");
  private static final Set<String> WITH_JSON_BODY = Set.of("400", "413");
  private static final Set<String> ON_FILES = Set.of("400", "403", "404", "501", "507");

  private static final Map<String, Set<String>> OTHER_SUCCESS =
      Map.of(
          "createPtySession", Set.of("201"),
          "downloadFile", Set.of("200", "206", "304"),
          "attachPtySession", Set.of("101"));

  private ErrorRules() {}

  static Stream<String> listed(Contract contract) {
    return contract.operations().stream()
        .flatMap(operation ->
            wanted(operation)
                .filter(it -> !operation.answers(it))
                .map(it -> operation.breaks("does not list " + it)));
  }

  private static Stream<String> wanted(Operation operation) {
    Stream<String> body = operation.takesJson() ? WITH_JSON_BODY.stream() : Stream.empty();
    Stream<String> files =
        operation.taggedId().startsWith("Filesystem/") ? ON_FILES.stream() : Stream.empty();
    Stream<String> work =
        operation.taggedId().startsWith("Health/") ? Stream.empty() : Stream.of("500");
    return Stream.of(ALWAYS.stream(), body, files, work).flatMap(it -> it);
  }

  static Stream<String> shaped(Contract contract) {
    return contract.operations().stream()
        .flatMap(operation ->
            operation
                .responses()
                .filter(it -> isError(it) && !isErrorResponse(it.node()))
                .map(it -> operation.breaks(it.name() + " is no ErrorResponse")));
  }

  private static boolean isErrorResponse(JsonNode answer) {
    JsonNode json = answer.path("content").path("application/json");
    return answer.path("content").size() == 1
        && json.at("/schema/$ref").asText().equals("#/components/schemas/ErrorResponse")
        && !json.path("examples").isEmpty();
  }

  static Stream<String> success(Contract contract) {
    return contract.operations().stream()
        .filter(it -> !successes(it).equals(OTHER_SUCCESS.getOrDefault(it.id(), Set.of("200"))))
        .map(it -> it.breaks("succeeds with " + successes(it)));
  }

  private static Set<String> successes(Operation operation) {
    return operation
        .responses()
        .filter(it -> !isError(it))
        .map(Named::name)
        .collect(Collectors.toSet());
  }

  private static boolean isError(Named answer) {
    return answer.name().compareTo("400") >= 0;
  }
}
