package io.execd.http.server;

import java.time.Duration;

/** Whatever a client can grow or hold, and how far. */
final class Limits {
  /** A JSON body beyond this is answered with 413. */
  static final int JSON_BODY_BYTES = 16 * 1024 * 1024;

  /** JSON bodies up to this are read whole before they are parsed, and need no leave. */
  static final int SMALL_BODY_BYTES = 8 * 1024;

  /**
   * Longer JSON bodies that are read or used at the same moment, all together. An array of short
   * strings takes 14 times its bytes on the heap, and as much again when it is made arguments.
   */
  static final int BODY_BUDGET_BYTES = 1024 * 1024;

  /** JSON bodies beyond this are read while there is heap for the rest of them. */
  static final int LARGE_BODY_BYTES = 1024 * 1024;

  /**
   * Strings, numbers, names and brackets in one JSON body. The kernel takes 2 MiB of arguments,
   * pointers included: as many words of 8 letters.
   */
  static final int JSON_TOKENS = 128 * 1024;

  /** Arrays and objects in JSON may nest this deep. */
  static final int JSON_DEPTH = 100;

  /** Request line and headers together. */
  static final int HEADER_BYTES = 32 * 1024;

  /** The name of a method. */
  static final int METHOD_BYTES = 32;

  /** Lines in a request's header. */
  static final int HEADER_COUNT = 200;

  /**
   * Sizes, extensions and trailers of one chunked body, of which nothing is kept, beyond {@link
   * #CHUNK_FRAME_BYTES} and one byte for each byte of data.
   */
  static final int CHUNK_EXTRA_BYTES = 32 * 1024;

  /** What the size line of one chunk may take. */
  static final int CHUNK_FRAME_BYTES = 16;

  /** Bytes of one response that may wait in our memory for a slow client. */
  static final int PENDING_BYTES = 64 * 1024;

  /** Bytes that a client may send ahead while a stream runs on its connection. */
  static final int PIPELINED_BYTES = 64 * 1024;

  /**
   * What is left of a body that was refused is read and dropped up to this size, so that the client
   * sees the answer and not a reset; beyond it the connection is closed.
   */
  static final long DROPPED_BODY_BYTES = 2L * JSON_BODY_BYTES;

  /**
   * What all connections may hold together that is unfinished, for some time; twice as much for a
   * moment. A quarter of the default heap.
   */
  static final long UNFINISHED_BYTES = 16L * 1024 * 1024;

  /** A client that makes the server wait for so long gives way to others. */
  static final Duration SITTING = Duration.ofSeconds(2);

  /** What a request costs besides its bytes while its client is waited for: objects and a stack. */
  static final int REQUEST_COST_BYTES = 32 * 1024;

  /** The same of a request of which the head is not whole yet. */
  static final int HEAD_COST_BYTES = 2 * 1024;

  /** What a piece of a file takes that waits for its client. */
  static final int FILE_PIECE_BYTES = 256 * 1024;

  /** How long nothing is accepted when there are no descriptors left for it. */
  static final Duration ACCEPT_REST = Duration.ofMillis(100);

  /** Connections that wait to be accepted. */
  static final int BACKLOG = 1024;

  /** What one read takes from a socket, and so what a connection that stalls may hold. */
  static final int READ_BYTES = 8 * 1024;

  /** The same while a body is read that has been let in. */
  static final int BODY_READ_BYTES = 64 * 1024;

  /** From the first byte of a request to the end of its headers. */
  static final Duration HEAD_TIME = Duration.ofSeconds(60);

  /** A client that was refused is heard, and what it says dropped, so that it reads the answer. */
  static final Duration LINGER = Duration.ofSeconds(2);

  /** A client that stops in the middle of its body is given up after this time. */
  static final Duration BODY_PAUSE = Duration.ofSeconds(20);

  /** A JSON body may take {@link #BODY_PAUSE} and the time that it needs at this rate. */
  static final int BODY_BYTES_PER_SECOND = 64 * 1024;

  /** A JSON body waits so long for others; longer than one that stalls can make it wait. */
  static final Duration BODY_WAIT = Duration.ofSeconds(30);

  /**
   * A connection without a request is closed after this time: longer than the pools of the common
   * clients keep one (OkHttp: 5 minutes), so that the client closes first and no request is lost.
   * How many requests it carries is not limited.
   */
  static final Duration IDLE_CONNECTION = Duration.ofMinutes(10);

  /**
   * An answer that is no stream waits this long for its client to read. A stream waits as long as
   * its client is connected: that the client has gone is noticed without writing.
   */
  static final Duration ANSWER_WRITE = Duration.ofSeconds(60);

  /** The value of Retry-After while the server stops. */
  static final String RETRY_AFTER_SECONDS = "1";

  private Limits() {}
}
