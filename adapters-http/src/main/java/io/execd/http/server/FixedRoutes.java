package io.execd.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Routes whose answer is always the same, so that they need no resource. */
final class FixedRoutes {
  private static final byte[] EMPTY = {};
  private static final String SPEC = "/openapi.yaml";
  private static final String ISOLATED = "/v1/isolated";
  private static final String CAPABILITIES = ISOLATED + "/capabilities";
  private static final String NO_ISOLATION = "isolated sessions are not built into this execd";

  private static final Map<String, Page> PAGES =
      Map.of(
          SPEC, new Page("application/yaml", new Spec()),
          CAPABILITIES, new Page(Exchange.JSON, FixedRoutes::capabilities));

  private record Page(String type, Content content) {}

  private interface Content {
    byte[] bytes() throws IOException;
  }

  /** The paths that answer GET and HEAD. */
  static Set<String> paths() {
    return PAGES.keySet();
  }

  /**
   * Answers the request if it is for one of these routes.
   *
   * @return false when it is not
   */
  boolean answer(Exchange exchange) throws IOException {
    String sent = exchange.request().getRequestURI();
    String path = sent.endsWith("/") ? sent.substring(0, sent.length() - 1) : sent;
    Page page = PAGES.get(path);
    if (page != null) {
      RequestTarget.encoded(exchange.request().getQueryString());
      answerGet(exchange, page);
    } else if (path.equals(ISOLATED) || path.startsWith(ISOLATED + "/")) {
      RequestTarget.encoded(sent);
      RequestTarget.encoded(exchange.request().getQueryString());
      exchange.fail(new Answer(503, "SERVICE_UNAVAILABLE", NO_ISOLATION));
    } else {
      return false;
    }
    return true;
  }

  private static void answerGet(Exchange exchange, Page page) throws IOException {
    if (exchange.isMethod("GET") || exchange.isMethod("HEAD")) {
      exchange.send(200, page.type(), page.content().bytes());
    } else {
      refuseMethod(exchange, "GET, HEAD");
    }
  }

  static void refuseMethod(Exchange exchange, String allowed) throws IOException {
    exchange.response().setHeader("Allow", allowed);
    String message = exchange.request().getMethod() + " is not allowed here; allowed: " + allowed;
    Answer answer = Answer.ofStatus(405, message);
    exchange.send(answer.status(), Exchange.JSON, answer.json());
  }

  private static byte[] capabilities() {
    String json = "{\"available\":false,\"message\":\"" + NO_ISOLATION + "\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** The specification, kept while there is memory: to unpack it anew takes 2 ms, one at a time. */
  private static final class Spec implements Content {
    private SoftReference<byte[]> kept = new SoftReference<>(EMPTY);

    @Override
    public synchronized byte[] bytes() throws IOException {
      byte[] bytes = kept.get();
      if (bytes == null || bytes.length == 0) {
        bytes = read();
        kept = new SoftReference<>(bytes);
      }
      return bytes;
    }

    private static byte[] read() throws IOException {
      try (InputStream in = FixedRoutes.class.getResourceAsStream("/execd-api.yaml")) {
        if (in == null) {
          throw new IllegalStateException("execd-api.yaml is not on the class path");
        }
        return in.readAllBytes();
      }
    }
  }
}
