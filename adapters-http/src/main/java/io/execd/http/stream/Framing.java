package io.execd.http.stream;

/** How an event is put on the wire (contract, section 3). */
public enum Framing {
  /** A JSON object on one line, then an empty line: what OpenSandbox clients read. */
  BARE,
  /** Server-sent events of the HTML standard; the id is the number of output bytes up to there. */
  STANDARD
}
