package io.execd.jupyter.code;

import io.execd.domain.stream.ExecutionEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * Gathers the values of one result. What does not fit into one event, or into the memory that is
 * left, is cut: the rest of the value follows in further events. Pieces of base64 decode one by
 * one. Not thread-safe.
 */
final class ResultBuilder implements JsonScanner.Sink, AutoCloseable {
  /** An event is at most 4 MiB, its names and its frame included. */
  private static final int EVENT_BYTES = (4 << 20) - 64 * 1024;

  /** What every result may take. */
  private static final int FREE_BYTES = 256 * 1024;

  /** So many results beyond that size may be in memory at once. */
  private static final Semaphore LARGE = new Semaphore(3);

  private final Taker taker;
  private OptionalInt count = OptionalInt.empty();
  private Map<String, byte[]> values = new LinkedHashMap<>();
  private String type = "";
  private byte[] bytes = {};
  private int length;
  private int cost;
  private boolean ascii;
  private boolean large;

  /** Takes an event, and may wait until there is room for another one. */
  interface Taker {
    void take(ExecutionEvent event) throws IOException;
  }

  ResultBuilder(Taker taker) {
    this.taker = taker;
  }

  void count(int number) {
    count = OptionalInt.of(number);
  }

  /** Reads one value. */
  void value(String mimeType, JsonScanner json) throws IOException {
    type = mimeType;
    bytes = new byte[512];
    length = 0;
    ascii = true;
    json.text(this);
    values.put(type, Arrays.copyOf(bytes, length));
    bytes = new byte[0];
  }

  @Override
  public void put(byte[] source, int from, int to) throws IOException {
    int added = cost(source, from, to);
    if (cost + added > most()) {
      cut();
    }
    cost += added;
    if (length + to - from > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + to - from, bytes.length * 2));
    }
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** Sends what has been gathered. */
  void send() throws IOException {
    if (!values.isEmpty()) {
      Map<String, byte[]> gathered = values;
      values = new LinkedHashMap<>();
      cost = 0;
      taker.take(new ExecutionEvent.Result(count, gathered));
    }
  }

  @Override
  public void close() {
    if (large) {
      large = false;
      LARGE.release();
    }
  }

  /** What the text takes in an event at most, and whether all of it is ASCII. */
  private int cost(byte[] source, int from, int to) {
    int sum = to - from;
    for (int i = from; i < to; i++) {
      int octet = source[i];
      if (octet < 0) {
        ascii = false;
        sum += 2;
      } else if (octet < 0x20) {
        sum += 5;
      } else if (octet == '"' || octet == '\\') {
        sum++;
      }
    }
    return sum;
  }

  private int most() {
    if (!large && cost > FREE_BYTES / 2) {
      large = LARGE.tryAcquire();
    }
    return large ? EVENT_BYTES : FREE_BYTES;
  }

  private void cut() throws IOException {
    int whole = length - (ascii ? length % 4 : TextCutter.begun(bytes, length));
    if (whole > 0) {
      values.put(type, Arrays.copyOf(bytes, whole));
      System.arraycopy(bytes, whole, bytes, 0, length - whole);
      length -= whole;
    }
    send();
    cost = length * 6;
  }
}
