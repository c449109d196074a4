package io.execd.jupyter.code;

import io.execd.jupyter.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what Jupyter sends over a kernel's WebSocket, in both of its formats: the binary one
 * of {@link #BINARY_PROTOCOL}, and JSON (in binary frames with buffers behind it). Contents are
 * handed on as they come in. Not thread-safe.
 */
final class MessageReader {
  /** Parts with offsets before them, little endian. */
  static final String BINARY_PROTOCOL = "v1.kernel.websocket.jupyter.org";

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int NAME_BYTES = 1024;

  /** Channel, header, parent header, metadata and content, with an end after each. */
  private static final int OFFSETS = 6;

  private static final int MOST_OFFSETS = 4096;

  /** A content that comes before it is known what it is may be this long. */
  private static final int EARLY_CONTENT_BYTES = 1 << 20;

  private final boolean binary;
  private final ContentReader reader;

  /** What is known of the JSON message that is being read. */
  private static final class Known {
    @Nullable String type;
    @Nullable String parent;
    @Nullable Pieces early;
  }

  MessageReader(String protocol, ContentReader reader) {
    this.binary = protocol.equals(BINARY_PROTOCOL);
    this.reader = reader;
  }

  /** Reads a message to its end. */
  void read(Message message) throws IOException {
    try (message) {
      if (message.isText()) {
        json(scanner(message, message.available()));
      } else if (binary) {
        parts(message);
      } else {
        buffers(message);
      }
    }
  }

  private void parts(InputStream in) throws IOException {
    long[] offsets = new long[(int) bounded(number(in, 8, false), OFFSETS, MOST_OFFSETS)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = number(in, 8, false);
    }
    skip(in, offsets[0] - 8L * (offsets.length + 1));
    skip(in, offsets[1] - offsets[0]);
    String type = field(in, offsets[2] - offsets[1], "msg_type");
    String parent = field(in, offsets[3] - offsets[2], "msg_id");
    skip(in, offsets[4] - offsets[3]);
    long length = bounded(offsets[5] - offsets[4], 0, Long.MAX_VALUE);
    hand(type, parent, scanner(new Part(in, length), length));
  }

  /** A number of buffers, where each starts, and the first of them is the message. */
  private void buffers(InputStream in) throws IOException {
    long[] offsets = new long[(int) bounded(number(in, 4, true), 1, MOST_OFFSETS)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = number(in, 4, true);
    }
    skip(in, offsets[0] - 4L * (offsets.length + 1));
    long length = offsets.length > 1 ? offsets[1] - offsets[0] : Long.MAX_VALUE;
    json(scanner(new Part(in, bounded(length, 0, Long.MAX_VALUE)), length));
  }

  private void json(JsonScanner json) throws IOException {
    Known known = new Known();
    json.object(name -> {
      switch (name) {
        case "header" -> known.type = field(json, "msg_type");
        case "parent_header" -> known.parent = field(json, "msg_id");
        case "content" -> content(known, json);
        default -> json.skip();
      }
    });
    if (known.early != null) {
      byte[] bytes = known.early.toBytes();
      pass(known, scanner(new ByteArrayInputStream(bytes), bytes.length));
    }
  }

  private void content(Known known, JsonScanner json) throws IOException {
    if (known.type != null && known.parent != null) {
      pass(known, json);
    } else {
      known.early = new Pieces(EARLY_CONTENT_BYTES);
      json.text(known.early);
    }
  }

  private void pass(Known known, JsonScanner json) throws IOException {
    String type = known.type == null ? "" : known.type;
    hand(type, known.parent == null ? "" : known.parent, json);
  }

  private void hand(String type, String parent, JsonScanner content) throws IOException {
    try {
      reader.message(type, parent, content);
    } catch (UnreadableException part) {
      throw new UnreadableException(
          "a '" + type + "' message of the kernel could not be read: " + part.getMessage(), parent);
    }
  }

  private static String field(InputStream in, long length, String name) throws IOException {
    long bytes = bounded(length, 0, Integer.MAX_VALUE);
    try (Part part = new Part(in, bytes)) {
      return bytes == 0 ? "" : field(scanner(part, bytes), name);
    }
  }

  /** A string in an object; empty when it is not there. */
  private static String field(JsonScanner json, String name) throws IOException {
    String[] value = {""};
    json.object(field -> {
      if (field.equals(name)) {
        value[0] = json.string(NAME_BYTES);
      } else {
        json.skip();
      }
    });
    return value[0];
  }

  private static JsonScanner scanner(InputStream in, long length) {
    return new JsonScanner(in, Math.clamp(length, 64, BUFFER_BYTES));
  }

  private static long number(InputStream in, int octets, boolean bigEndian) throws IOException {
    byte[] bytes = in.readNBytes(octets);
    if (bytes.length < octets) {
      throw new UnreadableException("a message of the kernel is cut off");
    }
    long number = 0;
    for (int i = 0; i < octets; i++) {
      number = (number << 8) | (bytes[bigEndian ? i : octets - 1 - i] & 0xff);
    }
    return number;
  }

  private static long bounded(long number, long least, long most) throws IOException {
    if (number < least || number > most) {
      throw new UnreadableException("a message of the kernel has impossible offsets");
    }
    return number;
  }

  private static void skip(InputStream in, long length) throws IOException {
    try (Part part = new Part(in, bounded(length, 0, Long.MAX_VALUE))) {
      part.drain();
    }
  }
}
