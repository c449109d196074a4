package io.execd.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The spec as a tree of its own, which a test may change. */
record ApiSpec(ObjectNode root) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** The spec that the daemon serves. */
  static ApiSpec read() throws IOException {
    try (InputStream yaml = ApiSpec.class.getResourceAsStream("/execd-api.yaml")) {
      return new ApiSpec((ObjectNode) YAML.readTree(Objects.requireNonNull(yaml)));
    }
  }

  void write(Path file) throws IOException {
    YAML.writeValue(file.toFile(), root);
  }

  /** The object at a JSON pointer, which must be there: a change may not miss its mark. */
  ObjectNode at(String pointer) {
    return (ObjectNode) root.requiredAt(pointer);
  }

  Set<Route> routes() {
    return operations().stream().map(SpecOperation::route).collect(Collectors.toSet());
  }

  List<SpecOperation> operations() {
    return root.path("paths")
        .propertyStream()
        .flatMap(path ->
            prefixes(path.getValue())
                .flatMap(prefix -> operations(prefix, path.getKey(), path.getValue())))
        .toList();
  }

  private static Stream<SpecOperation> operations(String prefix, String path, JsonNode item) {
    return METHODS.stream()
        .filter(item::has)
        .map(method -> {
          Route route = new Route(method.toUpperCase(Locale.ROOT), prefix + path);
          return new SpecOperation(prefix, route, item.path(method));
        });
  }

  /** The paths of the servers of a path item, or of the whole spec where it has none of its own. */
  private Stream<String> prefixes(JsonNode item) {
    JsonNode servers = item.has("servers") ? item.path("servers") : root.path("servers");
    return servers
        .valueStream()
        .map(server -> server.path("url").asText().replaceFirst("^https?://[^/]+", ""));
  }
}
