package io.execd.http;

import io.execd.http.server.ApiResource;
import io.execd.http.server.FixedPaths;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;

/**
 * The routes that a server has, as Jersey itself reads them from the resource classes. The HEAD and
 * OPTIONS that JAX-RS gives to every path by itself do not count, and neither do {@code /proxy} and
 * the rest of {@code /v1/isolated}, which take any path and so cannot be in a spec.
 */
final class ServedRoutes {
  private ServedRoutes() {}

  static Set<Route> of(List<ApiResource<?>> resources) {
    Set<Route> routes = new HashSet<>();
    FixedPaths.all().forEach(path -> routes.add(new Route("GET", path)));
    resources.forEach(resource -> collect("", Resource.from(resource.type()), routes));
    return routes;
  }

  private static void collect(String parent, Resource resource, Set<Route> routes) {
    String path = parent + resource.getPath();
    resource
        .getAllMethods()
        .forEach(method -> {
          String name =
              Objects.requireNonNull(method.getHttpMethod(), "a locator hides its routes");
          routes.add(new Route(name, path));
        });
    resource.getChildResources().forEach(child -> collect(path, child, routes));
  }

  /** What only one of the two knows, one line each. */
  static Set<String> differences(Set<Route> served, Set<Route> specified) {
    Set<String> lines = new TreeSet<>();
    served.stream()
        .filter(route -> !specified.contains(route))
        .forEach(route -> lines.add("not in the spec: " + route));
    specified.stream()
        .filter(route -> !served.contains(route))
        .forEach(route -> lines.add("not served: " + route));
    return lines;
  }
}
