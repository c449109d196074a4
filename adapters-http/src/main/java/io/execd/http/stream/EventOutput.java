package io.execd.http.stream;

import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes framed events to a client, many in one write. Not thread-safe; blocks while the client
 * does.
 */
final class EventOutput {
  private static final int DRAIN_BYTES = 32 * 1024;
  private static final byte[] BARE_END = ascii("\n\n");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] ID = ascii("\nid: ");

  private final StreamSink client;
  private final Framing framing;
  private final Bytes bytes = new Bytes(512);

  EventOutput(StreamSink client, Framing framing) {
    this.client = client;
    this.framing = framing;
  }

  /** Where the JSON of the event that was begun goes. */
  Bytes bytes() {
    return bytes;
  }

  void begin() {
    if (framing == Framing.STANDARD) {
      bytes.put(DATA);
    }
  }

  /** Ends the event; {@code offset} is the number of output bytes up to its end. */
  void end(long offset) throws IOException {
    if (framing == Framing.STANDARD) {
      bytes.put(ID);
      bytes.put(offset);
    }
    bytes.put(BARE_END);
    relieve();
  }

  /** Sends what has been written when it is a lot, even in the middle of an event. */
  void relieve() throws IOException {
    if (bytes.length() >= DRAIN_BYTES) {
      drain();
    }
  }

  /** Adds to the event that was begun; a large text goes to the client without a copy. */
  void put(Bytes text) throws IOException {
    if (text.length() < DRAIN_BYTES) {
      bytes.put(text.array(), 0, text.length());
    } else {
      drain();
      client.send(text.array(), 0, text.length());
    }
  }

  /** Sends everything that has been written. */
  void drain() throws IOException {
    if (bytes.length() > 0) {
      client.send(bytes.array(), 0, bytes.length());
      bytes.truncate(0);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
