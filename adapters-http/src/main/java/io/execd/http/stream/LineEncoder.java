package io.execd.http.stream;

import java.io.IOException;

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

  private static final int CUT_BYTES = MAX_EVENT_BYTES - 6 * STEP_BYTES - 1024;

  /** What an unfinished line may always hold. */
  private static final int FREE_BYTES = 64 * 1024;

  private static final byte[] EMPTY_LINE = EventOutput.ascii("\\n");
  private static final byte[] NOTHING = {};
  private static final byte[] TEXT_END = EventOutput.ascii("\"}");

  private final String type; // the JSON up to the time stamp
  private final EventOutput output;
  private final LineBudget budget;
  private final JsonText text = new JsonText();
  private byte[] head = {};
  private long headMillis = -1;
  private Bytes unfinished = new Bytes(0);
  private int acquired;
  private boolean continued;
  private boolean afterReturn;

  LineEncoder(String type, EventOutput output, LineBudget budget) {
    this.type = "{\"type\":\"" + type + "\",\"timestamp\":";
    this.output = output;
    this.budget = budget;
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
      int to = Math.min(in.length, next + STEP_BYTES);
      next = step(in, next, to, offset);
    }
  }

  /** Sends what there is of an unfinished line; its rest will be an event of its own. */
  void sendUnfinished(long offset) throws IOException {
    if (unfinished.length() > 0) {
      send(offset);
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
    budget.release(acquired);
    acquired = 0;
    unfinished = new Bytes(0);
  }

  private int step(byte[] in, int from, int to, long offset) throws IOException {
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
    bound(offset + to);
    return to;
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
      unfinished.put(out.array(), start, out.length());
      out.truncate(mark);
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
    int end = text.escapeLine(in, from, to, unfinished);
    if (end < to) {
      text.finish(unfinished);
      send(offset + end + 1);
      continued = false;
      release();
    }
    return end;
  }

  private void send(long offset) throws IOException {
    output.begin();
    output.bytes().put(head);
    output.put(unfinished);
    output.bytes().put(TEXT_END);
    output.end(offset);
    unfinished.truncate(0);
  }

  /** Cuts a line that has become too long for one event, or for the memory that is left. */
  private void bound(long offset) throws IOException {
    int wanted = Math.max(0, unfinished.length() - FREE_BYTES);
    boolean fits = wanted <= acquired || acquire(wanted - acquired);
    if (!fits || unfinished.length() > CUT_BYTES) {
      send(offset);
      continued = true;
    }
  }

  private boolean acquire(int bytes) {
    boolean granted = budget.acquire(bytes);
    acquired += granted ? bytes : 0;
    return granted;
  }

  private void stamp(long epochMillis) {
    if (headMillis != epochMillis) {
      headMillis = epochMillis;
      head = EventOutput.ascii(type + epochMillis + ",\"text\":\"");
    }
  }
}
