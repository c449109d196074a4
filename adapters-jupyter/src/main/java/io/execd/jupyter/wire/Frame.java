package io.execd.jupyter.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The head of a WebSocket frame. */
record Frame(int opcode, boolean last, long length) {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int MAX_CONTROL_BYTES = 125;

  boolean isControl() {
    return opcode >= CLOSE;
  }

  /** Whether RFC 6455 gives the opcode a meaning; a control frame is never in parts. */
  boolean isValid() {
    return isControl() ? opcode <= PONG && last : opcode <= BINARY;
  }

  /** The bytes before a masked payload. */
  static byte[] head(int first, int maskBit, int length, int mask) {
    ByteBuffer head = ByteBuffer.allocate(14);
    head.put((byte) first);
    if (length < 126) {
      head.put((byte) (maskBit | length));
    } else if (length < 1 << 16) {
      head.put((byte) (maskBit | 126)).putShort((short) length);
    } else {
      head.put((byte) (maskBit | 127)).putLong(length);
    }
    head.putInt(mask);
    byte[] bytes = new byte[head.position()];
    head.flip().get(bytes);
    return bytes;
  }

  static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /** Code and text of a close frame, for a message; empty when there are none. */
  static String closeReason(byte[] payload) {
    if (payload.length < 2) {
      return "";
    }
    int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    return " (%d %s)"
        .formatted(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
  }
}
