package io.execd.domain.file;

import io.execd.domain.OsError;

/**
 * What the operating system said instead of doing it. Adapters throw it; whoever knows the path and
 * the operation turns it into a {@link io.execd.domain.Failure}. Without a stack: a file that is
 * not there is nothing unusual.
 */
public final class FileError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient OsError error;

  public FileError(OsError error) {
    super(error.text(), null, false, false);
    this.error = error;
  }

  public OsError error() {
    return error;
  }

  /** Whether it is this one, by its symbolic name. */
  public boolean is(String name) {
    return error.name().equals(name);
  }

  /** Whether there is nothing of that name. */
  public boolean isMissing() {
    return is("ENOENT") || is("ENOTDIR");
  }
}
