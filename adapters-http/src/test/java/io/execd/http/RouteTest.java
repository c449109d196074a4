package io.execd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.http.command.ApiServer;
import io.execd.http.server.ApiResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The routes served and the routes of the spec are the same, and which of them are not built. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTest {
  private ApiServer server;
  private ApiSpec spec;

  @BeforeAll
  void start() throws IOException {
    server = new ApiServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void read() throws IOException {
    spec = ApiSpec.read();
  }

  @Test
  void everyOperationHasARoute() throws Exception {
    assertThat(spec.operations()).hasSizeGreaterThan(50);
    assertThat(namesWhere(Answer::isMissing)).isEmpty();
  }

  @Test
  void aPlantedOperationHasNone() throws Exception {
    spec.at("/paths").putObject("/planted/{id}").putObject("get").put("operationId", "noPath");
    spec.at("/paths/~1command").putObject("patch").put("operationId", "noMethod");
    assertThat(namesWhere(Answer::isMissing)).containsExactlyInAnyOrder("noPath", "noMethod");
  }

  @Test
  void routesServedAndRoutesInTheSpecAreTheSame() {
    assertThat(ServedRoutes.differences(served(), spec.routes())).isEmpty();
  }

  @Test
  void aPlantedOperationIsNotServed() {
    spec.at("/paths").putObject("/planted/{id}").putObject("get");
    spec.at("/paths/~1ping").putObject("post");
    assertThat(ServedRoutes.differences(served(), spec.routes()))
        .containsExactly("not served: GET /planted/{id}", "not served: POST /ping");
  }

  @Test
  void aMissingOperationIsNotInTheSpec() {
    spec.at("/paths").remove("/ping");
    spec.at("/paths/~1files~1info").putArray("servers").addObject().put("url", "http://host:1");
    assertThat(ServedRoutes.differences(served(), spec.routes()))
        .containsExactly(
            "not in the spec: GET /ping",
            "not in the spec: GET /v1/filesystem/{uid}/{gid}/files/info");
  }

  @Test
  void aPlantedResourceIsNotInTheSpec() {
    Set<Route> served = served();
    served.addAll(ServedRoutes.of(List.of(new ApiResource<>(Planted.class, Planted::new))));
    assertThat(ServedRoutes.differences(served, spec.routes()))
        .containsExactly("not in the spec: GET /planted/{id}");
  }

  /** The list shrinks with every operation that is built, and names what an issue still owes. */
  @Test
  void theOperationsNotBuiltAreTheOnesListed() throws Exception {
    assertThat(namesWhere(answer -> answer.status() == 501))
        .containsExactlyInAnyOrderElementsOf(listed());
  }

  /** The names of the operations that answer so. */
  private List<String> namesWhere(Predicate<Answer> test) throws Exception {
    List<String> names = new ArrayList<>();
    for (SpecOperation operation : spec.operations()) {
      if (test.test(ask(operation))) {
        names.add(operation.name());
      }
    }
    return names;
  }

  private Answer ask(SpecOperation operation) throws Exception {
    HttpRequest.Builder request = server.request(operation.route().filled());
    HttpResponse<InputStream> answer = server.open(operation.fill(request).build());
    try (InputStream body = answer.body()) {
      boolean failed = answer.statusCode() >= 400;
      String code = failed ? new ObjectMapper().readTree(body).path("code").asText() : "";
      return new Answer(operation.route().method(), answer.statusCode(), code);
    }
  }

  /** What came back; without a code when it is no failure, or an answer to HEAD. */
  private record Answer(String method, int status, String code) {
    boolean isMissing() {
      return status == 405 || code.equals("NOT_FOUND") || (status == 404 && method.equals("HEAD"));
    }
  }

  private static List<String> listed() throws IOException {
    try (InputStream list = RouteTest.class.getResourceAsStream("/unbuilt-operations.txt")) {
      return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private Set<Route> served() {
    return ServedRoutes.of(server.resources());
  }

  @Path("/planted")
  static final class Planted {
    @GET
    @Path("/{id}")
    public Response get() {
      return Response.ok().build();
    }
  }
}
