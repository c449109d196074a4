package io.execd.jupyter.wire;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Status and headers of an answer.
 *
 * @param headers by lower-case name; of several with one name the last counts
 */
record HttpHead(int status, Map<String, String> headers) {

  static HttpHead parse(String text) throws IOException {
    List<String> lines = text.lines().toList();
    String[] first = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5]\\d\\d")) {
      throw new IOException("what answers does not speak HTTP");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new HttpHead(Integer.parseInt(first[1]), headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
