package io.execd.http.stream;

import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes framed events to a client, many in one write. Not thread-safe; blocks while the client
 * does.
 */
final class EventOutput implements AutoCloseable {
  private static final int DRAIN_BYTES = 32 * 1024;

  /** The same while memory is scarce; also what any stream may hold without being counted. */
  private static final int SCARCE_BYTES = 4 * 1024;

  private static final int FIRST_BYTES = 512;
  private static final byte[] BARE_END = ascii("\n\n");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] ID = ascii("\nid: ");

  private final StreamSink client;
  private final Framing framing;
  private final StreamMemory memory;
  private final Bytes bytes = new Bytes(FIRST_BYTES);
  private int counted;

  EventOutput(StreamSink client, Framing framing, StreamMemory memory) {
    this.client = client;
    this.framing = framing;
    this.memory = memory;
  }

  StreamMemory memory() {
    return memory;
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
    if (bytes.length() >= drainBytes()) {
      drain();
    }
  }

  /** Adds to the event that was begun; a large text goes to the client without a copy. */
  void put(Bytes text) throws IOException {
    if (text.length() < drainBytes()) {
      bytes.put(text.array(), 0, text.length());
    } else {
      drain();
      client.send(text.array(), 0, text.length());
    }
  }

  /** Sends everything that has been written. */
  void drain() throws IOException {
    if (bytes.length() > 0) {
      count();
      client.send(bytes.array(), 0, bytes.length());
      bytes.clear(2 * drainBytes());
      count();
    }
  }

  /** Stops counting what it holds; sends nothing. */
  @Override
  public void close() {
    bytes.clear(0);
    count();
  }

  private int drainBytes() {
    return memory.scarce() ? SCARCE_BYTES : DRAIN_BYTES;
  }

  private void count() {
    int holds = Math.max(0, bytes.capacity() - SCARCE_BYTES);
    memory.count(holds - counted);
    counted = holds;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
