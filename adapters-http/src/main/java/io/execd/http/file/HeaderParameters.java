package io.execd.http.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
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

  /**
   * The parameters by their names in lower case; what is no parameter is left out.
   *
   * @throws Failure INVALID_FILE when a quoted value does not end
   */
  static Map<String, String> of(String value) {
    return new HeaderParameters(value).read();
  }

  private Map<String, String> read() {
    Map<String, String> all = new LinkedHashMap<>();
    upTo(";");
    while (!isOver()) {
      at++;
      String name = upTo("=;").strip().toLowerCase(Locale.ROOT);
      if (isAt('=')) {
        at++;
        all.putIfAbsent(name, value());
      }
    }
    return all;
  }

  private boolean isOver() {
    return at >= text.length();
  }

  private boolean isAt(char wanted) {
    return !isOver() && text.charAt(at) == wanted;
  }

  private String upTo(String ends) {
    int begin = at;
    while (!isOver() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private String value() {
    while (isAt(' ') || isAt('\t')) {
      at++;
    }
    if (!isAt('"')) {
      return upTo(";").strip();
    }
    String value = quoted();
    upTo(";");
    return value;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (!isAt('"')) {
      if (isAt('\\')) {
        at++;
      }
      if (isOver()) {
        throw new Failure(
            Code.INVALID_FILE, "a header's quoted value does not end: " + text.strip());
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }
}
