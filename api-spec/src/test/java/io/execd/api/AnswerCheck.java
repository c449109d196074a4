package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.execd.api.Contract.Named;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The check that an answer is one that the spec declares: operation, status, headers, media type
 * and body. A field that the spec does not name is a violation here, although clients must ignore
 * it. Safe for use by several threads.
 */
public final class AnswerCheck {
  private static final AnswerCheck SPEC = new AnswerCheck(Contract.openApi());

  private final Contract contract;
  private final SpecRoutes routes;
  private final AnswerBodies bodies;

  /** Checks against another spec, which is not changed. */
  public AnswerCheck(ObjectNode spec) {
    this(new Contract(spec.deepCopy()));
  }

  private AnswerCheck(Contract contract) {
    this.contract = contract;
    routes = new SpecRoutes(contract);
    bodies = new AnswerBodies(contract);
  }

  /** The check against the spec that the daemon is built from. */
  public static AnswerCheck ofSpec() {
    return SPEC;
  }

  /**
   * Gives the answer back when the spec declares it; throws an AssertionError otherwise. A body
   * read as ISO 8859-1 passes as well, as the schemas ask for no other characters than ASCII.
   */
  public HttpResponse<String> checked(HttpResponse<String> answer) {
    check(answer(answer, answer.body()));
    return answer;
  }

  /** Throws an AssertionError when the spec does not declare the answer with the body as read. */
  public void checked(HttpResponse<?> answer, String body) {
    check(answer(answer, body));
  }

  /** The same for an answer whose body is not read here. */
  public <T> HttpResponse<T> checkedHead(HttpResponse<T> answer) {
    check(answer(answer, null));
    return answer;
  }

  /** Throws an AssertionError that lists what the spec does not declare. */
  public void check(Answer answer) {
    List<String> violations = violations(answer);
    if (!violations.isEmpty()) {
      throw new AssertionError(answer + ", which the spec does not declare: " + violations);
    }
  }

  /** Everything that the spec does not declare; empty for a good answer. */
  public List<String> violations(Answer answer) {
    Optional<Operation> operation = routes.find(answer.method(), answer.route());
    String status = Integer.toString(answer.status());
    Optional<Named> response =
        operation.flatMap(
            it -> it.responses().filter(one -> one.name().equals(status)).findFirst());
    return response
        .map(it -> declared(answer, it.node()))
        .orElseGet(() -> undeclared(answer, operation.isPresent()))
        .toList();
  }

  /** Checks an error whose request is not known. */
  public void checkError(Answer answer) {
    List<String> violations = bodies.error(answer).toList();
    if (!violations.isEmpty()) {
      throw new AssertionError(answer.status() + " is not an ErrorResponse: " + violations);
    }
  }

  /** What the server itself answers, see {@code x-server-errors} of the spec. */
  private Stream<String> undeclared(Answer answer, boolean known) {
    String status = Integer.toString(answer.status());
    JsonNode errors = contract.root().path("x-server-errors");
    Set<String> codes =
        Stream.of("of-every-operation", known ? "" : "of-unknown-routes")
            .flatMap(it -> errors.path(it).path(status).valueStream())
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    return codes.isEmpty() ? Stream.of("status " + status) : bodies.error(answer, codes);
  }

  private Stream<String> declared(Answer answer, JsonNode response) {
    return Stream.concat(headers(answer, response), bodies.violations(answer, response));
  }

  private Stream<String> headers(Answer answer, JsonNode response) {
    return Contract.named(response.path("headers"))
        .flatMap(it -> bodies.header(it.name(), it.node(), answer));
  }

  private static Answer answer(HttpResponse<?> answer, @Nullable String body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    String query = answer.uri().getRawQuery();
    String path = answer.uri().getRawPath() + (query == null ? "" : "?" + query);
    return new Answer(answer.request().method(), path, answer.statusCode(), headers, body);
  }
}
