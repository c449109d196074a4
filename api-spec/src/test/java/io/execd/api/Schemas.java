package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.stream.Stream;

/** Validates values against the JSON Schema 2020-12 that both contract files speak. */
final class Schemas {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Schemas() {}

  static Stream<String> violations(Contract contract, JsonNode schema, JsonNode value) {
    return compile(contract, schema).validate(value).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage());
  }

  static Schema compile(Contract contract, JsonNode schema) {
    return REGISTRY.getSchema(selfContained(contract, schema));
  }

  /** The schema beside the contract's components, so that its references find their targets. */
  private static JsonNode selfContained(Contract contract, JsonNode schema) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", contract.root().path("components"));
    return whole;
  }
}
