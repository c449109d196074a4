package io.execd.os.nativecall;

import io.execd.domain.OsError;
import java.io.IOException;

/** A system call that failed. */
public final class ErrnoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient OsError error;

  ErrnoException(String call, int number) {
    super(call + ": " + Errno.describe(number).text());
    this.error = Errno.describe(number);
  }

  public OsError error() {
    return error;
  }
}
