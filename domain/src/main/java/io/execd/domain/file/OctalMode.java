package io.execd.domain.file;

import io.execd.domain.Failure;

/** Modes as callers write them: a number whose decimal digits are the octal mode. */
public final class OctalMode {
  private static final int LARGEST = 7777;

  private OctalMode() {}

  /**
   * The mode's bits.
   *
   * @throws Failure INVALID_REQUEST when the digits are no octal mode
   */
  public static int bits(String field, int digits) {
    String text = Integer.toString(digits);
    if (digits < 0 || digits > LARGEST || text.indexOf('8') >= 0 || text.indexOf('9') >= 0) {
      throw Failure.invalidField(field, "must be an octal mode such as 644, but is " + digits);
    }
    return Integer.parseInt(text, 8);
  }

  /** The digits of a mode. */
  public static int digits(int bits) {
    return (bits >> 9 & 7) * 1000 + (bits >> 6 & 7) * 100 + (bits >> 3 & 7) * 10 + (bits & 7);
  }
}
