package io.execd.http.file;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the parameters of a header value such as {@code form-data; name="file"; filename=a}: quoted
 * or not, names in any case. Of a repeated one the first counts.
 */
final class HeaderParameters {
  private final String text;
  private int at;

  private HeaderParameters(String text) {
    this.text = text;
  }

  /** The parameters by their names in lower case; what is no parameter is left out. */
  static Map<String, String> of(String value) {
    return new HeaderParameters(value).read();
  }

  private Map<String, String> read() {
    Map<String, String> all = new LinkedHashMap<>();
    upTo(";");
    while (at < text.length()) {
      at++;
      String name = upTo("=;").strip().toLowerCase(Locale.ROOT);
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        all.putIfAbsent(name, value());
      }
    }
    return all;
  }

  private String upTo(String ends) {
    int begin = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private String value() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at == text.length() || text.charAt(at) != '"') {
      return upTo(";").strip();
    }
    String value = quoted();
    upTo(";");
    return value;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }
}
