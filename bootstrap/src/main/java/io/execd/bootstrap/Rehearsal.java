package io.execd.bootstrap;

import io.execd.bootstrap.settings.Secret;
import io.execd.bootstrap.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A run that asks itself a few questions and ends, so that the JVM can record in a class archive
 * what a real run loads. The start script asks for it; a caller never sees one.
 */
final class Rehearsal implements Daemon.UntilTheEnd {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Settings settings;

  /** On any free port, behind a token that nobody else knows. */
  Rehearsal(Settings real) {
    Settings.Server server =
        new Settings.Server(
            0,
            new Secret(UUID.randomUUID().toString()),
            Duration.ZERO,
            real.server().maxConnections());
    this.settings =
        new Settings(server, real.jupyter(), real.log(), real.commands(), real.telemetry());
  }

  static boolean isAskedFor() {
    return Boolean.getBoolean("execd.rehearsal");
  }

  Settings settings() {
    return settings;
  }

  @Override
  public void await(int port) throws IOException {
    for (String request : requests()) {
      ask(port, request);
    }
  }

  private List<String> requests() {
    String command = "{\"command\":\"echo rehearsal; echo to stderr >&2\",\"timeout\":5000}";
    return List.of(
        head("GET /ping") + "\r\n",
        head("POST /command")
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(command.length(), command),
        head("GET /no-such-route") + "\r\n");
  }

  private String head(String methodAndPath) {
    return "%s HTTP/1.1\r\nHost: localhost\r\nX-EXECD-ACCESS-TOKEN: %s\r\nConnection: close\r\n"
        .formatted(methodAndPath, settings.server().accessToken().reveal());
  }

  /** What comes back does not matter here: the checks ask the same things and do look. */
  private static void ask(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
