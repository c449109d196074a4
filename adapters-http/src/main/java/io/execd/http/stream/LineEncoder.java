package io.execd.http.stream;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts one of a program's output streams into lines and writes each as an event. {@code \n}, {@code
 * \r} and {@code \r\n} end a line; an empty line is the text {@code "\n"}; a line that does not fit
 * into one event is sent as several. Not thread-safe.
 */
final class LineEncoder {
  /** No event is longer than this (contract, section 3). */
  static final int MAX_EVENT_BYTES = 4 << 20;

  /** Bytes looked at in one step: escaping makes at most six of one. */
  private static final int STEP_BYTES = 32 * 1024;

  private static final int SCARCE_STEP_BYTES = 1024;

  private static final int CUT_BYTES = MAX_EVENT_BYTES - 6 * STEP_BYTES - 1024;

  /** What an unfinished line may always hold. */
  private static final int FREE_BYTES = 4 * 1024;

  private static final byte[] EMPTY_LINE = EventOutput.ascii("\\n");
  private static final byte[] NOTHING = {};
  private static final byte[] TEXT_END = EventOutput.ascii("\"}");

  private final String type; // the JSON up to the time stamp
  private final EventOutput output;
  private final StreamMemory memory;
  private final JsonText text = new JsonText();
  private byte[] head = NOTHING;
  private long headMillis = -1;
  private final Bytes unfinished = new Bytes(0);
  private int acquired;
  private boolean continued;
  private boolean afterReturn;

  LineEncoder(String type, EventOutput output) {
    this.type = "{\"type\":\"" + type + "\",\"timestamp\":";
    this.output = output;
    this.memory = output.memory();
  }

  /** Whether a line has begun whose text has not been sent. */
  boolean hasUnfinished() {
    return unfinished.length() > 0 || text.incomplete();
  }

  /**
   * Takes bytes of output.
   *
   * @param offset the absolute offset of the first byte
   */
  void accept(byte[] in, long offset, long epochMillis) throws IOException {
    stamp(epochMillis);
    for (int next = 0; next < in.length; ) {
      int to = Math.min(in.length, next + (memory.scarce() ? SCARCE_STEP_BYTES : STEP_BYTES));
      step(in, next, to, offset);
      next = to;
    }
  }

  /** Sends what there is of an unfinished line; its rest will be an event of its own. */
  void sendUnfinished(long offset) throws IOException {
    if (unfinished.length() > 0) {
      send(NOTHING, offset);
      continued = true;
    }
  }

  /** The stream is over: sends an unfinished last line, and gives its memory back. */
  void finish(long offset) throws IOException {
    text.finish(unfinished);
    sendUnfinished(offset);
    release();
  }

  /** Gives the memory of an unfinished line back. */
  void release() {
    memory.count(-acquired);
    acquired = 0;
    unfinished.clear(0);
  }

  private void step(byte[] in, int from, int to, long offset) throws IOException {
    int next = from;
    while (next < to) {
      if (afterReturn && in[next] == '\n') {
        next++;
      }
      afterReturn = false;
      int end =
          unfinished.length() > 0 ? proceed(in, next, to, offset) : begin(in, next, to, offset);
      afterReturn = end < to && in[end] == '\r';
      next = end + 1;
    }
  }

  /** Writes a line that starts here straight to the output, or takes it back when it has no end. */
  private int begin(byte[] in, int from, int to, long offset) throws IOException {
    Bytes out = output.bytes();
    int mark = out.length();
    output.begin();
    out.put(head);
    int start = out.length();
    int end = text.escapeLine(in, from, to, out);
    if (end == to) {
      keep(mark, start, offset + to);
    } else {
      close(mark, start, offset + end + 1);
    }
    return end;
  }

  private void close(int mark, int start, long offset) throws IOException {
    Bytes out = output.bytes();
    text.finish(out);
    boolean empty = out.length() == start;
    if (empty && continued) {
      out.truncate(mark);
    } else {
      out.put(empty ? EMPTY_LINE : NOTHING);
      out.put(TEXT_END);
      output.end(offset);
    }
    continued = false;
  }

  private int proceed(byte[] in, int from, int to, long offset) throws IOException {
    Bytes out = output.bytes();
    int mark = out.length();
    int end = text.escapeLine(in, from, to, out);
    if (end == to) {
      keep(mark, mark, offset + to);
    } else {
      text.finish(out);
      send(takeBack(mark, mark), offset + end + 1);
      continued = false;
      release();
    }
    return end;
  }

  /**
   * Moves what the output holds from {@code start} to the unfinished line. A line that has become
   * too long for one event, or for the memory that is left, is cut.
   */
  private void keep(int mark, int start, long offset) throws IOException {
    Bytes out = output.bytes();
    if (reserve(out.length() - start)) {
      unfinished.put(out.array(), start, out.length());
      out.truncate(mark);
    } else {
      send(takeBack(mark, start), offset);
      continued = true;
    }
  }

  private byte[] takeBack(int mark, int start) {
    Bytes out = output.bytes();
    byte[] taken = Arrays.copyOfRange(out.array(), start, out.length());
    out.truncate(mark);
    return taken;
  }

  /** Sends the unfinished line and what follows it as one event. */
  private void send(byte[] tail, long offset) throws IOException {
    output.begin();
    output.bytes().put(head);
    output.put(unfinished);
    output.bytes().put(tail);
    output.bytes().put(TEXT_END);
    output.end(offset);
    unfinished.truncate(0);
  }

  private boolean reserve(int more) {
    int needed = unfinished.length() + more;
    return needed <= CUT_BYTES && (needed <= unfinished.capacity() || grow(needed));
  }

  private boolean grow(int needed) {
    int capacity = Math.max(needed, Math.min(2 * unfinished.capacity(), CUT_BYTES));
    int wanted = Math.max(0, capacity - FREE_BYTES);
    if (wanted > 0 && !memory.acquire(wanted)) {
      return false;
    }
    unfinished.grow(capacity);
    memory.count(-acquired);
    acquired = wanted;
    return true;
  }

  private void stamp(long epochMillis) {
    if (headMillis != epochMillis) {
      headMillis = epochMillis;
      head = EventOutput.ascii(type + epochMillis + ",\"text\":\"");
    }
  }
}
