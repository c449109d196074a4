package io.execd.http.file;

import io.execd.domain.file.Octets;
import java.nio.charset.StandardCharsets;

/** The header Content-Disposition (RFC 6266), with names beyond ASCII as RFC 5987 has them. */
final class Disposition {
  private static final String PLAIN_IN_VALUE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~";

  private Disposition() {}

  /**
   * An attachment of this name.
   *
   * @param octets the bytes of the name
   */
  static String attachment(String octets) {
    String name = Octets.text(octets);
    String simple = "attachment; filename=\"" + quotable(name) + '"';
    return isSimple(name) ? simple : simple + "; filename*=UTF-8''" + percent(name);
  }

  private static boolean isSimple(String name) {
    return name.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  private static String quotable(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c >= ' ' && c < 0x7F ? c : '_');
      }
    }
    return out.toString();
  }

  private static String percent(String name) {
    StringBuilder out = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      if (octet > 0 && PLAIN_IN_VALUE.indexOf(octet) >= 0) {
        out.append((char) octet);
      } else {
        out.append('%').append("%02X".formatted(octet & 0xFF));
      }
    }
    return out.toString();
  }
}
