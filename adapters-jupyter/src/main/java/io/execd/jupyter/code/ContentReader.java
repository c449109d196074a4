package io.execd.jupyter.code;

import java.io.IOException;

/** Gets what a kernel sends, message by message. */
interface ContentReader {

  /**
   * Reads one message.
   *
   * @param type such as {@code stream}
   * @param parent the id of the request that it answers; empty when there is none
   * @param content its content, an object; to be read to its end
   */
  void message(String type, String parent, JsonScanner content) throws IOException;
}
