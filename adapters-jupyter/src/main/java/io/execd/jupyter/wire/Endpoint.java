package io.execd.jupyter.wire;

import java.net.URI;

/**
 * Where a server is, and what it must be shown. Nobody else is ever shown it: redirects are not
 * followed.
 *
 * @param base http or https, with a host
 * @param authorization the value of the header of that name; empty: none
 */
public record Endpoint(URI base, String authorization) {

  boolean secure() {
    return "https".equalsIgnoreCase(base.getScheme());
  }

  String host() {
    String host = base.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port, explicit or of the scheme. */
  public int port() {
    return base.getPort() >= 0 ? base.getPort() : secure() ? 443 : 80;
  }

  /** The start of a request: its first line and the headers that all requests have. */
  String head(String method, String path) {
    String prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String token = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
    return method
        + " "
        + prefix
        + path
        + " HTTP/1.1\r\nHost: "
        + base.getRawAuthority()
        + "\r\n"
        + token;
  }

  /** For messages; never with the token. */
  @Override
  public String toString() {
    return base.getScheme() + "://" + base.getRawAuthority();
  }
}
