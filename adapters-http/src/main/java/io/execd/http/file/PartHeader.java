package io.execd.http.file;

import java.util.Locale;

/**
 * What the header of one part of a form says.
 *
 * @param name the part's name; empty when it has none
 * @param encoding how the content travels
 */
record PartHeader(String name, PartContent.Encoding encoding) {

  /**
   * Reads it; a line that begins with white space goes on from the one before it.
   *
   * @param header lines that end in CRLF or in LF
   * @throws io.execd.domain.Failure INVALID_FILE when a value in it cannot be used
   */
  static PartHeader of(String header) {
    String disposition = "";
    String encoding = "";
    for (String line : unfolded(header).split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
          case "content-disposition" -> disposition = disposition.isEmpty() ? value : disposition;
          case "content-transfer-encoding" -> encoding = encoding.isEmpty() ? value : encoding;
          default -> {
            // Nothing else matters here.
          }
        }
      }
    }
    String name = HeaderParameters.of(disposition).getOrDefault("name", "");
    return new PartHeader(name, PartContent.Encoding.of(encoding));
  }

  private static String unfolded(String header) {
    boolean folded = header.contains("\n ") || header.contains("\n\t");
    return folded ? header.replaceAll("\r?\n[ \t]+", " ") : header;
  }
}
