package io.execd.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.execd.api.AnswerCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A client that runs code. */
final class CodeClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CodeClient(int port) {
    this.port = port;
  }

  /** All events of one execution. */
  List<JsonNode> run(String language, String code) throws IOException, InterruptedException {
    return run(language, code, 0, event -> {});
  }

  /** The same; each event is shown when it comes. */
  List<JsonNode> run(String language, String code, long timeout, Consumer<JsonNode> onEvent)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("code", code).put("timeout", timeout);
    body.putObject("context").put("language", language);
    return events(body, onEvent);
  }

  /** All events of one execution in the context with this id. */
  List<JsonNode> runIn(String id, String code) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("code", code);
    body.putObject("context").put("id", id);
    return events(body, event -> {});
  }

  private List<JsonNode> events(ObjectNode body, Consumer<JsonNode> onEvent)
      throws IOException, InterruptedException {
    HttpRequest request = request("/code").POST(BodyPublishers.ofString(body.toString())).build();
    List<JsonNode> events = new ArrayList<>();
    HttpResponse<java.io.InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    StringBuilder whole = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        whole.append(line).append('\n');
        if (!line.isEmpty()) {
          JsonNode event = JSON.readTree(line);
          events.add(event);
          onEvent.accept(event);
        }
      }
    }
    AnswerCheck.ofSpec().checked(answer, whole.toString());
    return events;
  }

  /** Makes a context; its id. */
  String context(String body) throws IOException, InterruptedException {
    return JSON.readTree(post("/code/context", body).body()).path("id").asText();
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return ask(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return ask(request(path).GET());
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return ask(request(path).DELETE());
  }

  private HttpResponse<String> ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return AnswerCheck.ofSpec().checked(client.send(request.build(), BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(90));
  }

  /** Everything that an execution wrote or gave back. */
  static String text(List<JsonNode> events) {
    StringBuilder text = new StringBuilder();
    for (JsonNode event : events) {
      if (event.path("type").asText().matches("stdout|stderr")) {
        text.append(event.path("text").asText());
      }
      text.append(event.path("results").path("text").asText(""));
    }
    return text.toString();
  }

  static String end(List<JsonNode> events) {
    return events.getLast().path("type").asText();
  }

  @Override
  public void close() {
    client.close();
  }
}
