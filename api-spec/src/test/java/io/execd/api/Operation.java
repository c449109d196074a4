package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.execd.api.Contract.Named;
import java.util.stream.Stream;

/** One method of one path. */
record Operation(Contract contract, String path, String method, JsonNode item, JsonNode node) {

  String id() {
    return node.path("operationId").asText();
  }

  /** The tag and the id, as {@code Health/ping}. */
  String taggedId() {
    return node.path("tags").path(0).asText() + "/" + id();
  }

  /** The operation's own parameters and those of its path. */
  Stream<JsonNode> parameters() {
    return Stream.concat(
            item.path("parameters").valueStream(), node.path("parameters").valueStream())
        .map(contract::resolve);
  }

  /** The answers by status. */
  Stream<Named> responses() {
    return Contract.named(node.path("responses"))
        .map(it -> new Named(it.name(), contract.resolve(it.node())));
  }

  boolean answers(String status) {
    return node.path("responses").has(status);
  }

  boolean takesJson() {
    return node.path("requestBody").path("content").has("application/json");
  }

  Stream<Example> requestExamples() {
    return Example.of(contract, id() + " request", node.path("requestBody"));
  }

  Stream<Example> answerExamples() {
    return responses().flatMap(it -> Example.of(contract, id() + " " + it.name(), it.node()));
  }

  /** What a lint says when this operation breaks a rule. */
  String breaks(String rule) {
    return id() + " (" + method + " " + path + "): " + rule;
  }
}
