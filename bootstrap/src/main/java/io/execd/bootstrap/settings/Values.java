package io.execd.bootstrap.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns texts into values; what cannot be turned is a {@link BadValue}. */
final class Values {
  private Values() {}

  static int integer(String text, int min, int max) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadValue(range(min, max));
    }
    throw new BadValue(range(min, max));
  }

  private static String range(int min, int max) {
    return "must be a whole number from " + min + " to " + max;
  }

  static Optional<URI> httpUrl(String text) {
    String url = text.strip();
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new BadValue("must start with http:// or https://");
    }
    return Optional.of(withHost(url));
  }

  private static URI withHost(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new BadValue("is not a URL: " + e.getReason());
    }
    throw new BadValue("is not a URL: it names no host");
  }

  /** A header can carry printable ASCII only, so another token could never be sent. */
  static Secret headerSecret(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new BadValue("must be printable ASCII, as it travels in a header");
    }
    return new Secret(text);
  }

  static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw new BadValue("is not a path: " + e.getReason());
    }
  }

  static long bytes(String text) {
    String size = text.strip();
    int unit = 0;
    while (unit < size.length() && Character.isDigit(size.charAt(unit))) {
      unit++;
    }
    try {
      long factor = factor(size.substring(unit).strip());
      return Math.multiplyExact(Long.parseLong(size.substring(0, unit)), factor);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadValue("must be a size such as 512MiB");
    }
  }

  private static long factor(String unit) {
    return switch (unit) {
      case "", "B" -> 1L;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> throw new BadValue("must be a size such as 512MiB");
    };
  }

  /** {@code k=v,k2=v2}, in order; an empty part is passed over, a later key wins. */
  static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0 && !part.substring(0, equals).isBlank()) {
        pairs.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      } else if (!part.isBlank()) {
        throw new BadValue("must be k=v pairs, separated by commas");
      }
    }
    return Collections.unmodifiableMap(pairs);
  }
}
