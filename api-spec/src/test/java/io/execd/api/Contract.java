package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** One contract file as a tree that a planted violation may change. */
record Contract(ObjectNode root) {

  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  static Contract openApi() {
    return read("/execd-api.yaml");
  }

  static Contract asyncApi() {
    return read("/execd-ws.asyncapi.yaml");
  }

  private static Contract read(String resource) {
    try (InputStream yaml = Contract.class.getResourceAsStream(resource)) {
      return new Contract((ObjectNode) new YAMLMapper().readTree(Objects.requireNonNull(yaml)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String yaml() {
    try {
      return new YAMLMapper().writeValueAsString(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node at a JSON pointer, which must be there: a planted violation may not miss its mark. */
  ObjectNode at(String pointer) {
    return (ObjectNode) root.requiredAt(pointer);
  }

  /** The node itself, or what its {@code $ref} points to (missing when that is nowhere). */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? target(node.get("$ref").asText()) : node;
  }

  JsonNode target(String ref) {
    return root.at(ref.replaceFirst("^#", ""));
  }

  List<Operation> operations() {
    List<Operation> found = new ArrayList<>();
    root.path("paths")
        .forEachEntry((path, item) ->
            METHODS.stream()
                .filter(item::has)
                .forEach(method ->
                    found.add(new Operation(this, path, method, item, item.get(method)))));
    return found;
  }

  /** Named entries of {@code components}, for example of {@code schemas}. */
  Stream<Named> components(String kind) {
    return named(root.path("components").path(kind));
  }

  static Stream<Named> named(JsonNode object) {
    return object.propertyStream().map(e -> new Named(e.getKey(), e.getValue()));
  }

  /** Calls the visitor with the pointer and node of the whole tree below {@code from}. */
  static void walk(String pointer, JsonNode from, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, from);
    from.forEachEntry((name, child) -> walk(pointer + "/" + name, child, visitor));
    if (from.isArray()) {
      for (int i = 0; i < from.size(); i++) {
        walk(pointer + "/" + i, from.get(i), visitor);
      }
    }
  }

  /** A named child of an object. */
  record Named(String name, JsonNode node) {}
}
