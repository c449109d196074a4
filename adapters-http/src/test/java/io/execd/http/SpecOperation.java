package io.execd.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/**
 * An operation of the spec below one of its servers.
 *
 * @param prefix the path of the server; empty for the daemon's root
 * @param node what the spec says of the operation
 */
record SpecOperation(String prefix, Route route, JsonNode node) {

  /** The operation id, and the prefix where there is one. */
  String name() {
    return (node.path("operationId").asText() + " " + prefix).strip();
  }

  /** Makes it a request whose body is the first example of the spec. */
  HttpRequest.Builder fill(HttpRequest.Builder request) {
    for (Map.Entry<String, JsonNode> body : node.at("/requestBody/content").properties()) {
      return fill(request, body.getKey(), body.getValue());
    }
    return request.method(route.method(), BodyPublishers.noBody());
  }

  private HttpRequest.Builder fill(HttpRequest.Builder request, String type, JsonNode content) {
    return switch (type) {
      case "application/json" -> fill(request, type, example(content));
      case "multipart/form-data" -> fill(request, type + "; boundary=x", "--x--\r\n");
      case "*/*" -> fill(request, "application/octet-stream", "content");
      default -> throw new AssertionError("no body is known for " + type);
    };
  }

  private HttpRequest.Builder fill(HttpRequest.Builder request, String type, String body) {
    return request
        .header("Content-Type", type)
        .method(route.method(), BodyPublishers.ofString(body));
  }

  private static String example(JsonNode content) {
    return content.path("examples").iterator().next().path("value").toString();
  }
}
