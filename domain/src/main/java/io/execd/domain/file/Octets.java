package io.execd.domain.file;

import io.execd.domain.Failure;
import java.nio.charset.StandardCharsets;

/**
 * File names as the kernel has them: strings of bytes, held here as strings whose characters are
 * the bytes 1 to 255, so that they compare and sort as bytes. To callers a name is text: UTF-8
 * where it is UTF-8, and {@code \xHH} (two upper-case hexadecimal digits) for each byte that is
 * not; a backslash that would begin such an escape is itself written {@code \x5C}. So every name
 * has a text of its own, and every text without an escape means itself.
 */
public final class Octets {
  private static final String HEX = "0123456789ABCDEF";

  private Octets() {}

  /**
   * The bytes that a text stands for.
   *
   * @throws Failure INVALID_REQUEST when the text has a NUL, written plainly or as an escape, an
   *     escaped slash, or half of a surrogate pair
   */
  public static String of(String field, String text) {
    String octets = text.indexOf('\\') < 0 ? encode(field, text) : unescape(encode(field, text));
    if (octets.indexOf('\0') >= 0) {
      throw Failure.invalidField(field, "must not contain a NUL character");
    }
    return octets;
  }

  private static String encode(String field, String text) {
    if (isAscii(text)) {
      return text;
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw Failure.invalidField(field, "half of a surrogate pair is no text");
    }
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String unescape(String octets) {
    StringBuilder out = new StringBuilder(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      if (isEscape(octets, i)) {
        out.append((char) (digit(octets, i + 2) * 16 + digit(octets, i + 3)));
        i += 3;
      } else {
        out.append(octets.charAt(i));
      }
    }
    return out.toString();
  }

  /** Whether an escape begins here. One of a slash is none: a name cannot have it. */
  private static boolean isEscape(String text, int at) {
    return at + 3 < text.length()
        && text.charAt(at) == '\\'
        && text.charAt(at + 1) == 'x'
        && digit(text, at + 2) >= 0
        && digit(text, at + 3) >= 0
        && !text.startsWith("2F", at + 2);
  }

  private static int digit(String text, int at) {
    return HEX.indexOf(text.charAt(at));
  }

  /** The text of a name or path. */
  public static String text(String octets) {
    return isPlain(octets) ? octets : decode(octets, true);
  }

  /**
   * The same as characters to be matched: a byte that is no UTF-8 is the single character U+DC00
   * plus its value, which no UTF-8 can say.
   */
  static String characters(String octets) {
    return isAscii(octets) ? octets : decode(octets, false);
  }

  private static boolean isPlain(String octets) {
    return isAscii(octets) && octets.indexOf("\\x") < 0;
  }

  private static boolean isAscii(String octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String decode(String octets, boolean escaped) {
    StringBuilder out = new StringBuilder(octets.length() + 16);
    for (int i = 0; i < octets.length(); ) {
      int length = characterLength(octets, i);
      if (length == 0) {
        put(out, octets.charAt(i++), escaped);
      } else if (escaped && isEscape(octets, i)) {
        put(out, octets.charAt(i++), true);
      } else {
        out.appendCodePoint(character(octets, i, length));
        i += length;
      }
    }
    return out.toString();
  }

  private static void put(StringBuilder out, int octet, boolean escaped) {
    if (escaped) {
      out.append("\\x").append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
    } else {
      out.append((char) (0xDC00 + octet));
    }
  }

  /** How many bytes the UTF-8 character that starts here has; 0 when none does. */
  private static int characterLength(String octets, int at) {
    int first = octets.charAt(at);
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || at + length > octets.length()) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((octets.charAt(at + i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    return isShortest(first, octets.charAt(at + 1)) ? length : 0;
  }

  /** Neither longer than needed, nor half a surrogate pair, nor beyond Unicode. */
  private static boolean isShortest(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }

  private static int character(String octets, int at, int length) {
    int value = length == 1 ? octets.charAt(at) : octets.charAt(at) & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      value = (value << 6) | (octets.charAt(at + i) & 0x3F);
    }
    return value;
  }
}
