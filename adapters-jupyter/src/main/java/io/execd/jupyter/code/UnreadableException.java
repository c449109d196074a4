package io.execd.jupyter.code;

import java.io.IOException;

/** The failure to read one message. The next one can be read: its bounds do not depend on it. */
final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String parent;

  UnreadableException(String message) {
    this(message, "");
  }

  /**
   * One of a known message.
   *
   * @param parent the id of the request that the message answers; empty when that is unknown
   */
  UnreadableException(String message, String parent) {
    super(message);
    this.parent = parent;
  }

  String parent() {
    return parent;
  }
}
