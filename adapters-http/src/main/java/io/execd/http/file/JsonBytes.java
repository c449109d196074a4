package io.execd.http.file;

import io.execd.domain.file.FilePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** A growing piece of JSON text in UTF-8. Not thread-safe. */
final class JsonBytes {
  private final TimeText times = new TimeText();
  private byte[] bytes = new byte[512];
  private int length;

  int length() {
    return length;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  void clear() {
    length = 0;
  }

  /** ASCII that is JSON already. */
  @SuppressWarnings("deprecation") // the one copy of ASCII that makes no array of its own
  JsonBytes raw(String ascii) {
    int count = ascii.length();
    ensure(count);
    ascii.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  JsonBytes string(String text) {
    raw("\"");
    if (isPlain(text)) {
      raw(text);
    } else {
      escape(text);
    }
    return raw("\"");
  }

  /** The text of a path, which is nearly always the bytes that it has. */
  JsonBytes path(FilePath path) {
    int begin = length;
    raw("\"").raw(path.octets());
    if (isPlainFrom(begin + 1)) {
      return raw("\"");
    }
    length = begin;
    return string(path.text());
  }

  private boolean isPlainFrom(int from) {
    for (int i = from; i < length; i++) {
      byte b = bytes[i]; // from 0x80 on negative
      if (b < ' ' || b == 0x7F || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F || c == '\u0085' || c == '\u2028' || c == '\u2029') {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    byte[] utf8 = out.toString().getBytes(StandardCharsets.UTF_8);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  JsonBytes time(Instant time) {
    ensure(TimeText.LONGEST);
    length = times.rfc3339(time, bytes, length);
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
