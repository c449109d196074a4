package io.execd.http.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes that ought to be UTF-8 into the inside of a JSON string, straight from bytes to
 * bytes. It keeps its state between calls, so a character that was cut by a read is whole again;
 * bytes that are no UTF-8 become U+FFFD, one for each maximal part, as Unicode recommends. The line
 * and paragraph separators that clients split lines on are escaped. Not thread-safe.
 */
final class JsonText {
  private static final byte PLAIN = 0;
  private static final byte LINE_END = 1;
  private static final byte OTHER = 2;
  private static final byte[] KIND = kinds();
  private static final int WORTH_A_VIEW = 48;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << 7;
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  // The character that has begun: bytes still to come, and the range of the next one.
  private int missing;
  private int codePoint;
  private int lowest;
  private int highest;

  /**
   * Escapes up to the first {@code \n} or {@code \r}.
   *
   * @return the index of the line end, or {@code to} when there is none
   */
  int escapeLine(byte[] in, int from, int to, Bytes out) {
    int next = from;
    while (next < to) {
      int run = next;
      if (missing == 0) {
        next = endOfPlain(in, next, to);
        out.put(in, run, next);
      }
      if (next < to) {
        if (KIND[in[next] & 0xff] == LINE_END) {
          return next;
        }
        escape(in[next++] & 0xff, out);
      }
    }
    return next;
  }

  /** Eight bytes at a time while that is worth a view of them: text is long and mostly plain. */
  private static int endOfPlain(byte[] in, int from, int to) {
    int next = from;
    if (to - from >= WORTH_A_VIEW) {
      ByteBuffer words = ByteBuffer.wrap(in).order(ByteOrder.nativeOrder());
      while (next + Long.BYTES <= to && isPlain(words.getLong(next))) {
        next += Long.BYTES;
      }
    }
    while (next < to && KIND[in[next] & 0xff] == PLAIN) {
      next++;
    }
    return next;
  }

  /** Subtracting sets a byte's highest bit when the byte was smaller. */
  private static boolean isPlain(long octets) {
    long quotes = (octets ^ ONES * '"') - ONES;
    long backslashes = (octets ^ ONES * '\\') - ONES;
    long controls = octets - ONES * ' ';
    return ((octets | quotes | backslashes | controls) & HIGHEST_BITS) == 0;
  }

  /** Escapes everything, line ends too, and finishes. */
  void escapeAll(byte[] in, Bytes out) {
    escapePart(in, 0, in.length, out);
    finish(out);
  }

  /** Escapes everything, line ends too; more may follow. */
  void escapePart(byte[] in, int from, int to, Bytes out) {
    for (int next = from; next < to; ) {
      next = escapeLine(in, next, to, out);
      if (next < to) {
        escape(in[next++] & 0xff, out);
      }
    }
  }

  /** Whether a character has only begun. */
  boolean incomplete() {
    return missing > 0;
  }

  /** The text is over: a character that has only begun becomes U+FFFD. */
  void finish(Bytes out) {
    if (missing > 0) {
      missing = 0;
      out.put(REPLACEMENT);
    }
  }

  private void escape(int octet, Bytes out) {
    if (missing > 0) {
      if (octet >= lowest && octet <= highest) {
        proceed(octet, out);
        return;
      }
      finish(out);
    }
    if (octet < 0x80) {
      escapeAscii(octet, out);
    } else {
      begin(octet, out);
    }
  }

  private void begin(int octet, Bytes out) {
    if (octet < 0xc2 || octet > 0xf4) {
      out.put(REPLACEMENT);
      return;
    }
    missing = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    codePoint = octet & (0x3f >> missing);
    lowest = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : 0x80;
    highest = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : 0xbf;
  }

  private void proceed(int octet, Bytes out) {
    codePoint = (codePoint << 6) | (octet & 0x3f);
    lowest = 0x80;
    highest = 0xbf;
    if (--missing == 0) {
      emit(out);
    }
  }

  private void emit(Bytes out) {
    if (codePoint == 0x85 || codePoint == 0x2028 || codePoint == 0x2029) {
      escapeUnicode(codePoint, out);
    } else if (codePoint < 0x800) {
      out.put(0xc0 | (codePoint >> 6));
      continueWith(1, out);
    } else if (codePoint < 0x10000) {
      out.put(0xe0 | (codePoint >> 12));
      continueWith(2, out);
    } else {
      out.put(0xf0 | (codePoint >> 18));
      continueWith(3, out);
    }
  }

  private void continueWith(int octets, Bytes out) {
    for (int shift = 6 * (octets - 1); shift >= 0; shift -= 6) {
      out.put(0x80 | ((codePoint >> shift) & 0x3f));
    }
  }

  private static void escapeAscii(int octet, Bytes out) {
    switch (octet) {
      case '"', '\\' -> shortEscape(octet, out);
      case '\n' -> shortEscape('n', out);
      case '\r' -> shortEscape('r', out);
      case '\t' -> shortEscape('t', out);
      default -> {
        if (octet < 0x20) {
          escapeUnicode(octet, out);
        } else {
          out.put(octet);
        }
      }
    }
  }

  private static void shortEscape(int letter, Bytes out) {
    out.put('\\');
    out.put(letter);
  }

  private static void escapeUnicode(int unit, Bytes out) {
    out.put('\\');
    out.put('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.put(HEX[(unit >> shift) & 0xf]);
    }
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int octet = 0; octet < 256; octet++) {
      boolean plain = octet >= 0x20 && octet < 0x80 && octet != '"' && octet != '\\';
      kinds[octet] = plain ? PLAIN : OTHER;
    }
    kinds['\n'] = LINE_END;
    kinds['\r'] = LINE_END;
    return kinds;
  }
}
