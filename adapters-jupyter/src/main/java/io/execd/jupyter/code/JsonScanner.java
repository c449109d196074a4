package io.execd.jupyter.code;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value piece by piece, with text going from bytes to bytes: no value has to fit
 * into memory. What is not JSON is an IOException. Not thread-safe.
 */
final class JsonScanner {
  private static final int DEPTH = 50_000;

  private final JsonInput in;
  private final byte[] one = new byte[1];

  /** Takes text as it is read. */
  interface Sink {
    void put(byte[] bytes, int from, int to) throws IOException;
  }

  /** Takes one field of an object; must read its value to the end. */
  interface Field {
    void read(String name) throws IOException;
  }

  /** Reads up to the end of the input, at most a buffer ahead of what was asked for. */
  JsonScanner(InputStream in, int bufferBytes) {
    this.in = new JsonInput(in, bufferBytes);
  }

  /** Reads an object; anything else is skipped, as if it were empty. */
  void object(Field field) throws IOException {
    if (in.peek() != '{') {
      skip();
      return;
    }
    in.take();
    if (in.peek() == '}') {
      in.take();
      return;
    }
    int separator;
    do {
      String name = string(1024);
      expect(':');
      field.read(name);
      separator = in.token();
    } while (separator == ',');
    if (separator != '}') {
      throw JsonInput.malformed(separator);
    }
  }

  /** Reads an array; anything else is skipped, as if it were empty. */
  void array(Runner element) throws IOException {
    if (in.peek() != '[') {
      skip();
      return;
    }
    in.take();
    if (in.peek() == ']') {
      in.take();
      return;
    }
    int separator;
    do {
      element.run();
      separator = in.token();
    } while (separator == ',');
    if (separator != ']') {
      throw JsonInput.malformed(separator);
    }
  }

  /** Reads one element of an array to its end. */
  interface Runner {
    void run() throws IOException;
  }

  /** A string's beginning, or the JSON text of another value; no more than this many bytes. */
  String string(int most) throws IOException {
    Pieces text = new Pieces(most);
    text(text);
    return text.toText();
  }

  /** The same, but null for null. */
  @Nullable String stringOrNull(int most) throws IOException {
    String raw = string(most);
    return raw.equals("null") ? null : raw;
  }

  /** A whole number; 0 for everything else. */
  int number() throws IOException {
    try {
      return Integer.parseInt(string(32).strip());
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  /** A string's text, or the JSON text of another value. */
  void text(Sink sink) throws IOException {
    if (in.peek() == '"') {
      in.take();
      new JsonString(in, sink).read();
    } else {
      raw(sink);
    }
  }

  void skip() throws IOException {
    text((bytes, from, to) -> {});
  }

  /** A value that is no string, as it stands; its depth costs a bit a level, and no stack. */
  private void raw(Sink sink) throws IOException {
    BitSet objects = new BitSet();
    int depth = 0;
    do {
      int token = in.peek();
      if (token == '{' || token == '[') {
        if (depth == DEPTH) {
          throw new UnreadableException("its JSON is nested deeper than " + DEPTH + " levels");
        }
        objects.set(depth++, token == '{');
        copy(in.take(), sink);
      } else if (depth > 0 && token == (objects.get(depth - 1) ? '}' : ']')) {
        depth--;
        copy(in.take(), sink);
      } else if (depth > 0 && (token == ',' || token == ':')) {
        copy(in.take(), sink);
      } else if (token == '"') {
        rawString(sink);
      } else {
        scalar(sink);
      }
    } while (depth > 0);
  }

  private void rawString(Sink sink) throws IOException {
    copy(in.take(), sink);
    boolean escaped = false;
    while (true) {
      int octet = in.octet();
      copy(octet, sink);
      if (octet == '"' && !escaped) {
        return;
      }
      escaped = octet == '\\' && !escaped;
    }
  }

  private void scalar(Sink sink) throws IOException {
    if (!in.isScalar()) {
      throw JsonInput.malformed(in.peek());
    }
    do {
      copy(in.take(), sink);
    } while (in.isScalar());
  }

  private void copy(int octet, Sink sink) throws IOException {
    one[0] = (byte) octet;
    sink.put(one, 0, 1);
  }

  private void expect(int wanted) throws IOException {
    int token = in.token();
    if (token != wanted) {
      throw JsonInput.malformed(token);
    }
  }
}
