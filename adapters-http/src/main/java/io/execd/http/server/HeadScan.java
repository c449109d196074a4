package io.execd.http.server;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Reads a request's first line and headers before Grizzly does, byte after byte, and refuses what
 * RFC 9112 does: where two readers could see different requests in the same bytes, there is none.
 * Used by one thread at a time.
 */
final class HeadScan {
  private enum Phase {
    /** Empty lines before a request are ignored. */
    BEFORE,
    METHOD,
    TARGET,
    VERSION,
    LINE,
    NAME,
    VALUE,
    OVER
  }

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private static final boolean[] NONE = new boolean[256];
  private static final boolean[] TOKEN = new boolean[256];
  private static final boolean[] VISIBLE = new boolean[256];
  private static final boolean[] TEXT = new boolean[256];

  static {
    for (int value = 0; value < 256; value++) {
      TOKEN[value] = isTokenByte((byte) value);
      VISIBLE[value] = isVisible((byte) value);
      TEXT[value] = isText((byte) value);
    }
  }

  private Phase phase = Phase.BEFORE;
  private int scanned;
  private int emptyBytes;
  private int wordBytes;
  private int lines;
  private boolean afterCarriageReturn;

  /** Takes the bytes from the buffer's position on, of which it may have seen the first before. */
  boolean isWhole(Buffer bytes) {
    int start = bytes.position();
    while (phase != Phase.OVER && start + scanned < bytes.limit()) {
      skipWord(bytes, start);
      if (start + scanned < bytes.limit()) {
        take(bytes.get(start + scanned));
        scanned++;
      }
    }
    if (scanned > Limits.HEADER_BYTES || (phase != Phase.OVER && scanned == Limits.HEADER_BYTES)) {
      throw tooLong();
    }
    return phase == Phase.OVER;
  }

  /** Most bytes change nothing: they are passed over quickly, since every request has them. */
  private void skipWord(Buffer bytes, int start) {
    if (!bytes.hasArray() || afterCarriageReturn) {
      return;
    }
    boolean[] plain =
        switch (phase) {
          case METHOD, NAME -> TOKEN;
          case TARGET -> VISIBLE;
          case VALUE -> TEXT;
          case BEFORE, VERSION, LINE, OVER -> NONE;
        };
    byte[] array = bytes.array();
    int first = bytes.arrayOffset() + start + scanned;
    int end = bytes.arrayOffset() + bytes.limit();
    int next = first;
    while (next < end && plain[array[next] & 0xFF]) {
      next++;
    }
    scanned += next - first;
    wordBytes += next - first;
  }

  /** Bytes before the request. */
  int emptyBytes() {
    return emptyBytes;
  }

  private BadHeadException tooLong() {
    return switch (phase) {
      case BEFORE, METHOD, TARGET, VERSION ->
          new BadHeadException(HttpStatus.REQUEST_URI_TOO_LONG_414, "the request line is too long");
      case LINE, NAME, VALUE, OVER ->
          new BadHeadException(
              HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too long");
    };
  }

  private void take(byte next) {
    require(!afterCarriageReturn || next == '\n', "a carriage return that ends no line");
    afterCarriageReturn = next == '\r';
    if (!afterCarriageReturn) {
      Phase before = phase;
      phase = after(next);
      wordBytes = before == phase ? wordBytes + 1 : 0;
    }
  }

  private Phase after(byte next) {
    return switch (phase) {
      case BEFORE -> before(next);
      case METHOD -> method(next);
      case TARGET -> target(next);
      case VERSION -> version(next);
      case LINE -> line(next);
      case NAME -> name(next);
      case VALUE -> value(next);
      case OVER -> throw new IllegalStateException("the head is over");
    };
  }

  private Phase before(byte next) {
    if (next == '\n') {
      emptyBytes = scanned + 1;
      return Phase.BEFORE;
    }
    return method(next);
  }

  private Phase method(byte next) {
    boolean end = next == ' ' && phase == Phase.METHOD;
    require((end || isTokenByte(next)) && wordBytes <= Limits.METHOD_BYTES, "request line");
    return end ? Phase.TARGET : Phase.METHOD;
  }

  private Phase target(byte next) {
    boolean end = next == ' ' && wordBytes > 0;
    require(end || isVisible(next), "request line");
    return end ? Phase.VERSION : Phase.TARGET;
  }

  /** {@code HTTP/d.d} */
  private Phase version(byte next) {
    boolean digit = next >= '0' && next <= '9';
    boolean good =
        switch (wordBytes) {
          case 0, 1, 2, 3, 4 -> next == "HTTP/".charAt(wordBytes);
          case 5, 7 -> digit;
          case 6 -> next == '.';
          default -> next == '\n';
        };
    require(good, "request line");
    return next == '\n' ? Phase.LINE : Phase.VERSION;
  }

  private Phase line(byte next) {
    if (next == '\n') {
      return Phase.OVER;
    }
    lines++;
    if (lines > Limits.HEADER_COUNT) {
      throw new BadHeadException(
          HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "more than " + Limits.HEADER_COUNT + " headers");
    }
    require(isTokenByte(next), "header name");
    return Phase.NAME;
  }

  private static Phase name(byte next) {
    require(next == ':' || isTokenByte(next), "header name");
    return next == ':' ? Phase.VALUE : Phase.NAME;
  }

  private static Phase value(byte next) {
    require(next == '\n' || isText(next), "header value");
    return next == '\n' ? Phase.LINE : Phase.VALUE;
  }

  private static boolean isText(byte next) {
    return next == ' ' || next == '\t' || isVisible(next);
  }

  private static boolean isVisible(byte next) {
    return (next & 0xFF) > ' ' && next != 0x7F;
  }

  private static boolean isTokenByte(byte next) {
    boolean letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
    return letter || (next >= '0' && next <= '9') || TOKEN_MARKS.indexOf(next) >= 0;
  }

  private static void require(boolean good, String what) {
    if (!good) {
      throw new BadHeadException(HttpStatus.BAD_REQUEST_400, what);
    }
  }
}
