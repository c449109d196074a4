package io.execd.jupyter.code;

import java.io.IOException;

/** Reads {@code status} messages. */
final class KernelStatus {
  private static final int STATE_BYTES = 64;

  private KernelStatus() {}

  /** The state that a message tells: {@code busy}, {@code idle} and so on. */
  static String read(JsonScanner content) throws IOException {
    String[] state = {""};
    content.object(name -> {
      if (name.equals("execution_state")) {
        state[0] = content.string(STATE_BYTES);
      } else {
        content.skip();
      }
    });
    return state[0];
  }

  /** The kernel's process is no more; Jupyter starts another one. */
  static boolean restarts(String state) {
    return state.equals("restarting") || state.equals("autorestarting");
  }

  /** The kernel's process is no more, for good. */
  static boolean dead(String state) {
    return state.equals("dead");
  }
}
