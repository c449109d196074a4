package io.execd.api;

import io.execd.api.Contract.Named;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** References and their targets, in either file. */
final class ReferenceRules {

  private ReferenceRules() {}

  static Stream<String> resolve(Contract contract) {
    return references(contract).stream()
        .filter(it -> !it.startsWith("#/") || contract.target(it).isMissingNode())
        .map(it -> "leads nowhere: " + it);
  }

  static Stream<String> used(Contract contract) {
    Set<String> used = references(contract);
    return Contract.named(contract.root().path("components"))
        .filter(it -> !it.name().equals("securitySchemes"))
        .flatMap(ReferenceRules::pointers)
        .filter(it -> !used.contains(it))
        .map(it -> "not used: " + it);
  }

  private static Stream<String> pointers(Named kind) {
    return Contract.named(kind.node()).map(it -> "#/components/" + kind.name() + "/" + it.name());
  }

  private static Set<String> references(Contract contract) {
    Set<String> found = new TreeSet<>();
    Contract.walk(
        "",
        contract.root(),
        (pointer, node) -> {
          if (node.path("$ref").isTextual()) {
            found.add(node.path("$ref").asText());
          }
        });
    return found;
  }
}
