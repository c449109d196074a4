package io.execd.os.nativecall;

import java.util.Locale;

/** The processors the shim is compiled for. */
enum Cpu {
  X86_64,
  AARCH64;

  private static final String ARCHITECTURE = System.getProperty("os.arch", "");

  /**
   * @throws UnsupportedOperationException on any other
   */
  static Cpu ofThisMachine() {
    return switch (ARCHITECTURE) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> throw new UnsupportedOperationException("no native shim for " + ARCHITECTURE);
    };
  }

  /** Where the shim lies in the jar. */
  String library() {
    return "/native/linux-" + name().toLowerCase(Locale.ROOT) + "/libexecd.so";
  }
}
