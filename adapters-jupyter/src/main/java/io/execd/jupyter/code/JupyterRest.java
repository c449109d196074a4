package io.execd.jupyter.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.execd.domain.Failure;
import io.execd.domain.code.Language;
import io.execd.jupyter.wire.Endpoint;
import io.execd.jupyter.wire.HttpCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;

/** What we ask a Jupyter server over REST; whatever goes wrong becomes a Failure that says it. */
final class JupyterRest {
  private static final Duration QUICK = Duration.ofSeconds(5);

  /** A kernel may take long to start; so may one that is busy to end. */
  private static final Duration SLOW = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TRUST =
      "name a trust store that knows it in EXECD_JAVA_OPTS (-Djavax.net.ssl.trustStore=FILE): ";

  private final Endpoint endpoint;

  /** The ids of a session and of its kernel. */
  record Session(String id, String kernelId) {}

  JupyterRest(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Names of kernelspecs and what they speak; waits while nobody listens yet. */
  Map<String, Language> kernelSpecs(Duration patience) {
    Map<String, Language> languages = new TreeMap<>();
    JsonNode specs = body(firstAnswer("GET", "/api/kernelspecs", patience)).path("kernelspecs");
    specs
        .properties()
        .forEach(entry -> {
          String language = entry.getValue().path("spec").path("language").asText("");
          if (!language.isBlank()) {
            languages.put(entry.getKey(), new Language(language));
          }
        });
    return languages;
  }

  /** Starts a kernel in a session of its own. */
  Session startSession(String path, String kernelSpec) {
    ObjectNode request = JSON.createObjectNode();
    request.put("path", path).put("name", "execd").put("type", "console");
    request.putObject("kernel").put("name", kernelSpec);
    JsonNode session = body(ask("POST", "/api/sessions", request.toString(), SLOW));
    String id = session.path("id").asText("");
    String kernelId = session.path("kernel").path("id").asText("");
    if (!safe(id) || !safe(kernelId)) {
      throw new Failure(Failure.Code.RUNTIME_ERROR, "Jupyter made a session without an id");
    }
    return new Session(id, kernelId);
  }

  /** These go into paths. */
  private static boolean safe(String id) {
    return id.matches("[A-Za-z0-9_-]{1,100}");
  }

  void deleteSession(String id) throws IOException {
    HttpCall.send(endpoint, "DELETE", "/api/sessions/" + id, "", SLOW);
  }

  void interrupt(String kernelId) {
    HttpCall.Answer answer = ask("POST", "/api/kernels/" + kernelId + "/interrupt", "", QUICK);
    if (answer.status() / 100 != 2) {
      throw refused(answer.status(), answer.excerpt());
    }
  }

  /** What Jupyter thinks that the kernel does; {@code dead} when it knows no such kernel. */
  String kernelState(String kernelId) throws IOException {
    HttpCall.Answer answer = HttpCall.send(endpoint, "GET", "/api/kernels/" + kernelId, "", QUICK);
    if (answer.status() == 404) {
      return "dead";
    }
    return answer.status() == 200
        ? JSON.readTree(answer.body()).path("execution_state").asText("")
        : "";
  }

  /** Nothing tells when a server begins to listen, so this looks now and then. */
  private HttpCall.Answer firstAnswer(String method, String path, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return HttpCall.send(endpoint, method, path, "", QUICK);
      } catch (ConnectException notYet) {
        if (System.nanoTime() - deadline >= 0) {
          throw unreachable(notYet);
        }
        pause();
      } catch (IOException broken) {
        throw unreachable(broken);
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Code.NOT_READY, "the daemon is stopping", stopped);
    }
  }

  private HttpCall.Answer ask(String method, String path, String body, Duration patience) {
    try {
      return HttpCall.send(endpoint, method, path, body, patience);
    } catch (IOException broken) {
      throw unreachable(broken);
    }
  }

  Failure unreachable(IOException cause) {
    String reason =
        switch (cause) {
          case ConnectException _ -> "nobody listens there";
          case NoRouteToHostException _ -> "there is no way to this host";
          case UnknownHostException _ -> "there is no such host";
          case SocketTimeoutException _ -> "it does not answer in time";
          case SSLHandshakeException _ ->
              "its certificate is not trusted; " + TRUST + cause.getMessage();
          default -> String.valueOf(cause.getMessage());
        };
    return new Failure(
        Failure.Code.NOT_READY,
        "the Jupyter server at " + endpoint + " cannot be used now: " + reason,
        cause);
  }

  /** The server refused, with this status. */
  Failure refused(int status, String excerpt) {
    String reason =
        switch (status) {
          case 401, 403 -> ": it wants another token; check --jupyter-token (JUPYTER_TOKEN)";
          case 301, 302, 303, 307, 308 ->
              ", a redirect, which is not followed; check --jupyter-host and --jupyter-token";
          default -> excerpt.isEmpty() ? "" : ": " + excerpt;
        };
    return new Failure(
        Failure.Code.RUNTIME_ERROR,
        "the Jupyter server at " + endpoint + " answered " + status + reason);
  }

  private JsonNode body(HttpCall.Answer answer) {
    if (answer.status() / 100 != 2) {
      throw refused(answer.status(), answer.excerpt());
    }
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body == null ? MissingNode.getInstance() : body;
    } catch (IOException garbage) {
      throw garbage(garbage);
    }
  }

  private Failure garbage(IOException cause) {
    return new Failure(
        Failure.Code.RUNTIME_ERROR,
        "the server at " + endpoint + " answers, but not as a Jupyter server does",
        cause);
  }
}
