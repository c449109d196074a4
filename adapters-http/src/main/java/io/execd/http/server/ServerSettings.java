package io.execd.http.server;

import org.jspecify.annotations.Nullable;

/**
 * What the server is told at its start.
 *
 * @param host the address to bind, such as {@code 0.0.0.0}
 * @param port the TCP port, or 0 for any free one
 * @param accessToken what every request must carry; null when everybody may call
 * @param maxConnections open at the same moment; at least 1
 */
public record ServerSettings(
    String host, int port, @Nullable String accessToken, int maxConnections) {
  public ServerSettings {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port: must be 0 to 65535");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("connections: must be 1 or more");
    }
    if (accessToken != null && accessToken.isEmpty()) {
      throw new IllegalArgumentException("access token: must not be empty");
    }
  }

  @Override
  public String toString() {
    return "ServerSettings[host=" + host + ", port=" + port + "]";
  }
}
