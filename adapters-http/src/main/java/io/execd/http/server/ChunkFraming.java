package io.execd.http.server;

/**
 * What is between the data of a chunked body (RFC 9112 section 7.1), byte after byte: sizes,
 * extensions and trailers, of which only the sizes mean something here. Nothing but CRLF ends a
 * line, so that no proxy can see other chunks than we do. Used by one thread at a time.
 */
final class ChunkFraming {
  private enum Phase {
    SIZE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_END,
    CHUNK_END,
    TRAILER,
    TRAILER_LINE,
    TRAILER_END,
    LAST_END,
    ENDED,
    BROKEN
  }

  private static final long SIZE_OVERFLOW = Long.MAX_VALUE >> 4;

  private Phase phase = Phase.SIZE;
  private long remaining;
  private boolean hasDigits;

  /** What was sent beside the data, less what the data allows. */
  private long extraBytes;

  /** Bytes of data that come next. */
  long remaining() {
    return phase == Phase.DATA ? remaining : 0;
  }

  /** So many bytes of data have been taken. */
  void took(int bytes) {
    remaining -= bytes;
    if (remaining == 0) {
      phase = Phase.DATA_END;
    }
  }

  /** Whether the last chunk and its trailers are over, or nothing more can be understood. */
  boolean isOver() {
    return phase == Phase.ENDED || phase == Phase.BROKEN;
  }

  boolean isBroken() {
    return phase == Phase.BROKEN;
  }

  /** Takes a byte that is no data. */
  void take(byte next) {
    phase =
        switch (phase) {
          case SIZE -> size(next);
          case EXTENSION -> line(next, Phase.EXTENSION, Phase.SIZE_END);
          case SIZE_END -> sizeEnd(next);
          case DATA_END -> next == '\r' ? Phase.CHUNK_END : Phase.BROKEN;
          case CHUNK_END -> nextChunk(next);
          case TRAILER -> line(next, Phase.TRAILER_LINE, Phase.LAST_END);
          case TRAILER_LINE -> line(next, Phase.TRAILER_LINE, Phase.TRAILER_END);
          case TRAILER_END -> lineFeed(next, Phase.TRAILER);
          case LAST_END -> lineFeed(next, Phase.ENDED);
          case DATA, ENDED, BROKEN -> throw new IllegalStateException(phase.name());
        };
  }

  private Phase size(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0 && remaining <= SIZE_OVERFLOW) {
      remaining = (remaining << 4) + digit;
      hasDigits = true;
      return line(next, Phase.SIZE, Phase.SIZE);
    }
    boolean ends = next == '\r' || next == ';' || next == ' ' || next == '\t';
    return hasDigits && ends ? line(next, Phase.EXTENSION, Phase.SIZE_END) : Phase.BROKEN;
  }

  /** Each chunk may be framed as wastefully as clients do it, however many there are. */
  private Phase sizeEnd(byte next) {
    if (remaining > 0) {
      extraBytes = Math.max(0, extraBytes - Limits.CHUNK_FRAME_BYTES - remaining);
    }
    return lineFeed(next, remaining == 0 ? Phase.TRAILER : Phase.DATA);
  }

  /** A line of which nothing is kept, and which must not go on for ever. */
  private Phase line(byte next, Phase same, Phase end) {
    if (next == '\r') {
      return end;
    }
    extraBytes++;
    boolean text = next < 0 || next >= ' ' || next == '\t';
    return text && extraBytes <= Limits.CHUNK_EXTRA_BYTES ? same : Phase.BROKEN;
  }

  private static Phase lineFeed(byte next, Phase then) {
    return next == '\n' ? then : Phase.BROKEN;
  }

  private Phase nextChunk(byte next) {
    hasDigits = false;
    return lineFeed(next, Phase.SIZE);
  }
}
