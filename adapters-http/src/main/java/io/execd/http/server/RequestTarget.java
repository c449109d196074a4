package io.execd.http.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The path and query of a request as their client wrote them. Both are UTF-8, percent-encoded or as
 * raw bytes, which Grizzly hands out as characters of ISO 8859-1.
 */
final class RequestTarget {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private RequestTarget() {}

  /**
   * The path or query with each raw byte beyond ASCII percent-encoded.
   *
   * @throws CharacterCodingException when the bytes that it stands for are not UTF-8
   */
  static @Nullable String encoded(@Nullable String text) throws CharacterCodingException {
    if (text == null || isPlain(text)) {
      return text;
    }
    StandardCharsets.UTF_8.newDecoder().decode(bytes(text));
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char octet = text.charAt(i);
      if (octet < 0x80) {
        encoded.append(octet);
      } else {
        encoded.append('%').append(HEX.toHexDigits((byte) octet));
      }
    }
    return encoded.toString();
  }

  /** Whether no byte of it is beyond ASCII, neither raw nor percent-encoded. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char octet = text.charAt(i);
      if (octet >= 0x80 || (octet == '%' && i + 1 < text.length() && text.charAt(i + 1) > '7')) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer bytes(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text, i)) {
        bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.put((byte) text.charAt(i));
      }
    }
    return bytes.flip();
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
