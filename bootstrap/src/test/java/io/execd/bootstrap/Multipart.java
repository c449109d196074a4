package io.execd.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Upload requests, whole or cut. */
final class Multipart {
  static final String TYPE = "multipart/form-data; boundary=BOUND";

  private Multipart() {}

  /** One pair of parts. */
  static String pair(String metadata, String content) {
    return """
    --BOUND\r
    Content-Disposition: form-data; name="metadata"; filename="metadata"\r
    Content-Type: application/json\r
    \r
    %s\r
    --BOUND\r
    Content-Disposition: form-data; name="file"; filename="file"\r
    \r
    %s\r
    """
        .formatted(metadata, content);
  }

  static String body(String path, String content) {
    return pair("{\"path\":\"" + path + "\"}", content) + "--BOUND--\r\n";
  }

  static HttpResponse<String> send(RunningDaemon daemon, String body)
      throws IOException, InterruptedException {
    return daemon.send(
        daemon
            .request("/files/upload")
            .header("Content-Type", TYPE)
            .POST(BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1)));
  }

  /** A connection that has sent the head, and so many bytes of a body that says it is longer. */
  static Socket begin(int port, String body, int bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    String head =
        "POST /files/upload HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(TYPE, body.length());
    String sent = head + body.substring(0, bytes);
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
