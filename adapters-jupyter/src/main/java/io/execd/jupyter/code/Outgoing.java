package io.execd.jupyter.code;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A message to a kernel. */
final class Outgoing {
  /** The version of the protocol between Jupyter and its kernels. */
  private static final String VERSION = "5.3";

  private static final byte[] EMPTY_OBJECT = ascii("{}");

  private final String channel;
  private final String type;
  private final String id;
  private final String parent;
  private final byte[] content;

  /**
   * One message.
   *
   * @param id new for each message
   * @param parent the id of the message that it answers; empty for none
   * @param content a JSON object
   */
  private Outgoing(String channel, String type, String id, String parent, byte[] content) {
    this.channel = channel;
    this.type = type;
    this.id = id;
    this.parent = parent;
    this.content = content;
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static Outgoing kernelInfo(String id) {
    return new Outgoing("shell", "kernel_info_request", id, "", EMPTY_OBJECT);
  }

  /**
   * Runs code that nobody can be asked about. An error stops nothing else: nothing is ever queued
   * behind it, and a kernel that still looks for what to abort would abort the next execution.
   */
  static Outgoing execute(String id, String code) {
    return execute(id, code, "\"silent\":false,\"store_history\":true");
  }

  /** The same without a number and a place in the history. */
  static Outgoing executeSilently(String id, String code) {
    return execute(id, code, "\"silent\":true,\"store_history\":false");
  }

  private static Outgoing execute(String id, String code, String trace) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(code.length() + 160);
    content.writeBytes(ascii("{\"code\":\""));
    content.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(code));
    content.writeBytes(
        ascii(
            "\","
                + trace
                + ",\"user_expressions\":{},\"allow_stdin\":false,\"stop_on_error\":false}"));
    return new Outgoing("shell", "execute_request", id, "", content.toByteArray());
  }

  /** The answer of nobody: the end of the input. */
  static Outgoing noInput(String id, String parent) {
    return new Outgoing(
        "stdin", "input_reply", id, parent, ascii("{\"status\":\"error\",\"value\":\"\\u0004\"}"));
  }

  /** As a JSON text. */
  byte[] json(String session) {
    ByteArrayOutputStream message = new ByteArrayOutputStream(content.length + 512);
    message.writeBytes(ascii("{\"channel\":\"" + channel + "\",\"header\":"));
    message.writeBytes(header(session));
    message.writeBytes(ascii(",\"parent_header\":"));
    message.writeBytes(parentHeader());
    message.writeBytes(ascii(",\"metadata\":{},\"buffers\":[],\"content\":"));
    message.writeBytes(content);
    message.write('}');
    return message.toByteArray();
  }

  /** In the binary format: how many offsets, the offsets, then the parts that they bound. */
  byte[] binary(String session) {
    byte[][] parts = {
      ascii(channel), header(session), parentHeader(), EMPTY_OBJECT, content,
    };
    int start = 8 * (parts.length + 2);
    int length = start;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    message.putLong(parts.length + 1L).putLong(start);
    for (byte[] part : parts) {
      start += part.length;
      message.putLong(start);
    }
    for (byte[] part : parts) {
      message.put(part);
    }
    return message.array();
  }

  private byte[] header(String session) {
    return ascii(
        "{\"msg_id\":\"%s\",\"session\":\"%s\",\"username\":\"execd\",\"date\":\"%s\",\"msg_type\":\"%s\",\"version\":\"%s\"}"
            .formatted(id, session, Instant.now(), type, VERSION));
  }

  private byte[] parentHeader() {
    return parent.isEmpty() ? EMPTY_OBJECT : ascii("{\"msg_id\":\"" + parent + "\"}");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
