package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.execd.api.Contract.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The frames of the terminal WebSocket. */
final class MessageRules {

  private static final Pattern MESSAGE_OR_FIELD =
      Pattern.compile("/[^/]+(/payload(/properties/[^/]+)?)?");

  private static final Map<String, List<String>> FRAMES_BY_DIRECTION =
      Map.of(
          "sendToClient",
              List.of("stdout", "stderr", "replay", "connected", "exit", "error", "pong"),
          "receiveFromClient", List.of("stdinBytes", "stdin", "resize", "signal", "ping"));

  private MessageRules() {}

  static Stream<String> directions(Contract contract) {
    return FRAMES_BY_DIRECTION.entrySet().stream()
        .filter(it -> !frames(contract, it.getKey()).equals(it.getValue()))
        .map(it -> it.getKey() + " carries " + frames(contract, it.getKey()));
  }

  private static List<String> frames(Contract contract, String operation) {
    return contract
        .root()
        .at("/operations/" + operation + "/messages")
        .valueStream()
        .map(it -> it.path("$ref").asText().replace("#/channels/terminal/messages/", ""))
        .toList();
  }

  static Stream<String> words(Contract contract) {
    List<String> found = new ArrayList<>();
    Contract.walk(
        "",
        contract.root().at("/components/messages"),
        (pointer, node) -> {
          if (MESSAGE_OR_FIELD.matcher(pointer).matches() && lacksWords(pointer, node)) {
            found.add(pointer + " needs a description");
          }
        });
    return found.stream();
  }

  private static boolean lacksWords(String pointer, JsonNode node) {
    boolean jsonPayload = pointer.endsWith("/payload") && node.has("properties");
    return !jsonPayload && WordRules.lacks(node, "description");
  }

  static Stream<String> complete(Contract contract) {
    return messages(contract)
        .filter(it -> it.node().path("payload").isEmpty() || it.node().path("examples").isEmpty())
        .map(it -> it.name() + " needs a payload and an example");
  }

  static Stream<String> examples(Contract contract) {
    return messages(contract).flatMap(it -> examples(contract, it));
  }

  private static Stream<String> examples(Contract contract, Named message) {
    JsonNode schema = message.node().path("payload");
    return message
        .node()
        .path("examples")
        .valueStream()
        .flatMap(it -> Schemas.violations(contract, schema, it.path("payload")))
        .map(it -> message.name() + ": " + it);
  }

  static Stream<String> query(Contract contract) {
    Set<String> here = new TreeSet<>();
    contract
        .at("/channels/terminal/bindings/ws/query/properties")
        .fieldNames()
        .forEachRemaining(here::add);
    Set<String> there =
        Contract.openApi()
            .root()
            .at("/paths/~1pty~1{id}~1ws/get/parameters")
            .valueStream()
            .map(it -> it.path("name").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    return Stream.of(there + " in the OpenAPI file, here " + here)
        .filter(it -> !here.equals(there));
  }

  static Stream<String> closeCodes(Contract contract) {
    List<Integer> codes =
        contract
            .root()
            .at("/channels/terminal/x-close-codes")
            .valueStream()
            .map(it -> it.path("code").asInt())
            .toList();
    return Stream.of("close codes " + codes).filter(it -> !codes.equals(List.of(1000, 1001, 4001)));
  }

  private static Stream<Named> messages(Contract contract) {
    return contract.components("messages");
  }
}
