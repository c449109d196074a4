package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operations of the spec by method and path. */
final class SpecRoutes {
  private final List<Route> routes;

  SpecRoutes(Contract contract) {
    routes =
        contract.operations().stream()
            .flatMap(it -> prefixes(contract, it.item()).map(prefix -> route(prefix, it)))
            .sorted(Comparator.comparingInt(Route::parameters))
            .toList();
  }

  /** The operation that a request means; the path has no query, HEAD counts as GET. */
  Optional<Operation> find(String method, String path) {
    Optional<Operation> exact = exact(method, path);
    return exact.isEmpty() && method.equals("HEAD") ? exact("GET", path) : exact;
  }

  private Optional<Operation> exact(String method, String path) {
    return routes.stream()
        .filter(it -> it.operation().method().toUpperCase(Locale.ROOT).equals(method))
        .filter(it -> it.path().matcher(path).matches())
        .map(Route::operation)
        .findFirst();
  }

  private static Route route(String prefix, Operation operation) {
    String template = prefix + operation.path();
    String regex = template.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+");
    int parameters = (int) template.chars().filter(it -> it == '{').count();
    return new Route(Pattern.compile(regex), parameters, operation);
  }

  /** The paths of the servers of a path item, or of the whole spec where it has none of its own. */
  private static Stream<String> prefixes(Contract contract, JsonNode item) {
    JsonNode servers = (item.has("servers") ? item : contract.root()).path("servers");
    return servers
        .valueStream()
        .map(it -> it.path("url").asText().replaceFirst("^https?://[^/]+", ""))
        .map(it -> it.equals("/") ? "" : it);
  }

  /** An operation below one of its servers; literal paths come before templates. */
  private record Route(Pattern path, int parameters, Operation operation) {}
}
