package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** What must hold in {@code execd-api.yaml}. */
final class OpenApiLints {

  private static final String RUN_COMMAND = "/paths/~1command/post";
  private static final String SCHEMAS = "/components/schemas/";
  private static final String STREAM_EXAMPLE =
      RUN_COMMAND + "/responses/200/content/text~1event-stream/examples/success";

  private OpenApiLints() {}

  static Stream<Lint> all() {
    return Stream.of(names(), words(), errors(), schemas(), examples(), wholes()).flatMap(it -> it);
  }

  private static Stream<Lint> names() {
    return Stream.of(
        new Lint(
            "operation ids and tags are those of the contract",
            NameRules::operations,
            it -> it.at(RUN_COMMAND).put("operationId", "startCommand"),
            "Command/startCommand"),
        new Lint(
            "every operation has one tag",
            NameRules::oneTag,
            it -> it.at(RUN_COMMAND).withArray("tags").add("Health"),
            "runCommand"),
        new Lint(
            "schemas of the contract are there",
            NameRules::schemas,
            it -> it.at("/components/schemas").remove("FileInfo"),
            "FileInfo"),
        new Lint(
            "path parameters have the contract's names",
            NameRules::pathParameters,
            it -> it.at("/components/parameters/SessionId").put("name", "session_id"),
            "session_id"),
        new Lint(
            "the token is the header of the contract",
            NameRules::security,
            it -> it.at("/components/securitySchemes/AccessToken").put("name", "X-TOKEN"),
            "X-TOKEN"),
        new Lint(
            "file routes, and no others, have the identity server",
            NameRules::identityServers,
            it -> it.at("/paths/~1files~1info").remove("servers"),
            "getFilesInfo"));
  }

  private static Stream<Lint> words() {
    return Stream.of(
        new Lint(
            "every operation has a summary and a description",
            WordRules::operations,
            it -> it.at(RUN_COMMAND).put("description", " "),
            "runCommand"),
        new Lint(
            "every answer has a description",
            WordRules::answers,
            it -> it.at("/components/responses/NoSpace").remove("description"),
            "507"),
        new Lint(
            "every parameter has a description and an example",
            WordRules::parameters,
            it -> it.at("/components/parameters/CommandId").remove("example"),
            "getCommandStatus"),
        new Lint(
            "every schema and property has a description",
            WordRules::properties,
            it -> it.at(SCHEMAS + "FileInfo/properties/mode").remove("description"),
            "FileInfo/properties/mode"));
  }

  private static Stream<Lint> errors() {
    return Stream.of(
        new Lint(
            "errors that any route of a kind can give are listed",
            ErrorRules::listed,
            it -> it.at(RUN_COMMAND + "/responses").remove("413"),
            "runCommand"),
        new Lint(
            "every error is a JSON ErrorResponse with an example",
            ErrorRules::shaped,
            it -> it.at("/components/responses/NoSpace/content").remove("application/json"),
            "507"),
        new Lint(
            "success is exactly 200, but for the few that say otherwise",
            ErrorRules::success,
            it -> it.at(RUN_COMMAND + "/responses").putObject("202").put("description", "later"),
            "runCommand"));
  }

  private static Stream<Lint> schemas() {
    return Stream.of(
        new Lint(
            "optional request fields admit null",
            NullRules::requests,
            it -> it.at(SCHEMAS + "RunCommandRequest/properties/cwd").put("type", "string"),
            "RunCommandRequest/properties/cwd"),
        new Lint(
            "answer fields never admit null",
            NullRules::answers,
            it -> it.at(SCHEMAS + "FileInfo/properties/owner").putArray("type").add("null"),
            "FileInfo/properties/owner"),
        new Lint(
            "answer examples hold no null",
            NullRules::answerExamples,
            it -> sampleValue(it).putNull("mem_used_pct"),
            "getMetrics 200"));
  }

  private static ObjectNode sampleValue(Contract contract) {
    return contract.at(
        "/paths/~1metrics/get/responses/200/content/application~1json/examples/sample/value");
  }

  private static Stream<Lint> examples() {
    return Stream.of(
        new Lint(
            "every body that is text or JSON has an example",
            ExampleRules::present,
            it ->
                it.at("/paths/~1pty/post/requestBody/content/application~1json").remove("examples"),
            "createPtySession"),
        new Lint(
            "request examples fit their schemas",
            ExampleRules::requests,
            it ->
                it.at(RUN_COMMAND + "/requestBody/content/application~1json/examples/asUser/value")
                    .remove("uid"),
            "runCommand request example asUser"),
        new Lint(
            "answer examples fit their schemas",
            ExampleRules::answers,
            it -> sampleValue(it).remove("timestamp"),
            "getMetrics 200 example sample"),
        new Lint(
            "event examples are framed as the contract says",
            ExampleRules::answers,
            it ->
                it.at(STREAM_EXAMPLE).put("value", "data: {\"type\":\"init\",\"timestamp\":1}\n\n"),
            "runCommand 200 example success"),
        new Lint(
            "parameter examples and defaults fit their schemas",
            ExampleRules::parameters,
            it -> it.at("/components/parameters/PartialLines/schema").put("default", "no"),
            "partial"));
  }

  private static Stream<Lint> wholes() {
    return Stream.of(
        new Lint(
            "every reference leads somewhere",
            ReferenceRules::resolve,
            it -> it.at("/components/schemas").remove("FileInfo"),
            "#/components/schemas/FileInfo"),
        new Lint(
            "every component is used",
            ReferenceRules::used,
            it -> it.at("/components/schemas").set("Lonely", schema("nobody refers to it")),
            "#/components/schemas/Lonely"));
  }

  private static JsonNode schema(String description) {
    return JsonNodeFactory.instance.objectNode().put("description", description);
  }
}
