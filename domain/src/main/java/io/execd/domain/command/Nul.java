package io.execd.domain.command;

import io.execd.domain.Failure;

/** The character that ends every text the kernel takes, and so cannot be inside one. */
final class Nul {
  private Nul() {}

  static void refuse(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw Failure.invalidField(field, "must not contain a NUL character");
    }
  }
}
