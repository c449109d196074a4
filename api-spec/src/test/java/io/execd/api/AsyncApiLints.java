package io.execd.api;

import java.util.stream.Stream;

/** What must hold in {@code execd-ws.asyncapi.yaml}. */
final class AsyncApiLints {

  private static final String MESSAGES = "/components/messages/";

  private AsyncApiLints() {}

  static Stream<Lint> all() {
    return Stream.concat(
        Stream.of(
            new Lint(
                "every reference leads somewhere",
                ReferenceRules::resolve,
                it -> it.at("/components/messages").remove("resize"),
                "#/components/messages/resize"),
            new Lint(
                "every message is used",
                ReferenceRules::used,
                it -> it.at("/channels/terminal/messages").remove("resize"),
                "#/components/messages/resize")),
        messages());
  }

  private static Stream<Lint> messages() {
    return Stream.of(
        new Lint(
            "both directions carry the contract's frames",
            MessageRules::directions,
            it -> it.at("/operations/receiveFromClient").withArray("messages").remove(1),
            "receiveFromClient"),
        new Lint(
            "every message and field has words",
            MessageRules::words,
            it -> it.at(MESSAGES + "resize/payload/properties/cols").remove("description"),
            "resize/payload/properties/cols"),
        new Lint(
            "every message has a payload and an example",
            MessageRules::complete,
            it -> it.at(MESSAGES + "resize").remove("examples"),
            "resize"),
        new Lint(
            "examples fit their payloads",
            MessageRules::examples,
            it -> it.at(MESSAGES + "resize/examples/0/payload").put("cols", 0),
            "resize"),
        new Lint(
            "the query is that of the OpenAPI file",
            MessageRules::query,
            it -> it.at("/channels/terminal/bindings/ws/query/properties").remove("takeover"),
            "takeover"),
        new Lint(
            "the close codes are the contract's",
            MessageRules::closeCodes,
            it -> it.at("/channels/terminal/x-close-codes/2").put("code", 4002),
            "4002"));
  }
}
