package io.execd.jupyter.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The server's side of one WebSocket to a kernel, in either format. */
final class ScriptedKernel {
  private final Socket socket;
  private final DataInputStream in;
  private final boolean binary;
  private String parent = "";

  ScriptedKernel(Socket socket, DataInputStream in, boolean binary) {
    this.socket = socket;
    this.in = in;
    this.binary = binary;
  }

  /** What is sent from now on answers this request. */
  void answering(String request) {
    parent = request;
  }

  String parent() {
    return parent;
  }

  /** Sends a message that answers the request that came last. */
  void send(String type, String content) throws IOException {
    send(type, parent, content);
  }

  void send(String type, String parentId, String content) throws IOException {
    String header = "{\"msg_id\":\"m\",\"msg_type\":\"" + type + "\"}";
    String parentHeader = parentId.isEmpty() ? "{}" : "{\"msg_id\":\"" + parentId + "\"}";
    if (binary) {
      frame(0x82, parts("iopub", header, parentHeader, "{}", content));
    } else {
      frame(0x81, json(header, parentHeader, content).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends a message of the binary format in pieces with a pause of so long after each. */
  void slowly(String type, String content, int pauseMillis) throws IOException {
    String header = "{\"msg_type\":\"" + type + "\"}";
    byte[] message = parts("iopub", header, "{\"msg_id\":\"" + parent + "\"}", "{}", content);
    ByteBuffer head = ByteBuffer.allocate(10);
    head.put((byte) 0x82).put((byte) 127).putLong(message.length);
    socket.getOutputStream().write(head.array());
    for (int at = 0; at < message.length; at += 200) {
      socket.getOutputStream().write(message, at, Math.min(200, message.length - at));
      pause(pauseMillis);
    }
  }

  private static void pause(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  /** Sends a message with a buffer behind it, as widgets send it. */
  void sendWithBuffer(String type, String content) throws IOException {
    String header = "{\"msg_type\":\"" + type + "\"}";
    String parentHeader = "{\"msg_id\":\"" + parent + "\"}";
    if (binary) {
      frame(0x82, parts("iopub", header, parentHeader, "{}", content, "\u0001\u0002"));
      return;
    }
    byte[] message = json(header, parentHeader, content).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(12 + message.length + 2);
    bytes.putInt(2).putInt(12).putInt(12 + message.length).put(message).put((byte) 1);
    frame(0x82, bytes.array());
  }

  private static String json(String header, String parentHeader, String content) {
    return "{\"header\":%s,\"msg_id\":\"m\",\"msg_type\":\"t\",\"parent_header\":%s,\"metadata\":{},\"content\":%s,\"buffers\":[],\"channel\":\"iopub\"}"
        .formatted(header, parentHeader, content);
  }

  private static byte[] parts(String... texts) {
    byte[][] parts = new byte[texts.length][];
    int length = 8 * (texts.length + 2);
    for (int i = 0; i < texts.length; i++) {
      parts[i] = texts[i].getBytes(StandardCharsets.UTF_8);
      length += parts[i].length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(texts.length + 1L);
    long offset = 8L * (texts.length + 2);
    bytes.putLong(offset);
    for (byte[] part : parts) {
      offset += part.length;
      bytes.putLong(offset);
    }
    for (byte[] part : parts) {
      bytes.put(part);
    }
    return bytes.array();
  }

  /** Sends any frame. */
  void frame(int first, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10);
    head.put((byte) first).put((byte) 127).putLong(payload.length);
    synchronized (this) {
      socket.getOutputStream().write(head.array());
      socket.getOutputStream().write(payload);
    }
  }

  /** The usual course of an execution, with this in the middle. */
  void run(String... typesAndContents) throws IOException {
    send("status", "{\"execution_state\":\"busy\"}");
    send("execute_input", "{\"code\":\"\",\"execution_count\":7}");
    for (int i = 0; i < typesAndContents.length; i += 2) {
      send(typesAndContents[i], typesAndContents[i + 1]);
    }
    send("execute_reply", "{\"status\":\"ok\",\"execution_count\":7}");
    send("status", "{\"execution_state\":\"idle\"}");
  }

  /** The next message of the client. */
  JsonNode next() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      byte[] payload = payload(in.readUnsignedByte() & 0x7f);
      if (opcode < 8) {
        return binary ? fromParts(payload) : ScriptedJupyter.JSON.readTree(payload);
      }
    }
  }

  private byte[] payload(int shortLength) throws IOException {
    int length =
        switch (shortLength) {
          case 126 -> in.readUnsignedShort();
          case 127 -> (int) in.readLong();
          default -> shortLength;
        };
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private static JsonNode fromParts(byte[] payload) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    String[] names = {"channel", "header", "parent_header", "metadata", "content"};
    ObjectNode message = ScriptedJupyter.JSON.createObjectNode();
    for (int i = 1; i < names.length; i++) {
      int from = (int) bytes.getLong(8 * (i + 1));
      int to = (int) bytes.getLong(8 * (i + 2));
      message.set(names[i], ScriptedJupyter.JSON.readTree(payload, from, to - from));
    }
    return message;
  }

  /** Breaks the connection. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
