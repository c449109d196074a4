package io.execd.http.server;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes a small JSON object of strings, so that an error needs nothing that could itself fail. */
final class FlatJson {
  private FlatJson() {}

  /** Takes names and values by turns. */
  static byte[] of(String... namesAndValues) {
    StringBuilder out = new StringBuilder(128);
    for (int i = 0; i < namesAndValues.length; i++) {
      out.append(i == 0 ? "{" : i % 2 == 0 ? "," : ":");
      quote(out, namesAndValues[i]);
    }
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      escape(out, text.charAt(i));
    }
    out.append('"');
  }

  /** Escapes single surrogates too, which UTF-8 cannot say, and what some clients take as lines. */
  private static void escape(StringBuilder out, char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c < ' '
        || c == '\u0085'
        || c == '\u2028'
        || c == '\u2029'
        || Character.isSurrogate(c)) {
      out.append("\\u").append(HexFormat.of().toHexDigits(c));
    } else {
      out.append(c);
    }
  }
}
