package io.execd.domain.file;

/** What a name stands for. */
public enum FileType {
  FILE,
  DIRECTORY,
  SYMLINK,
  /** A device, a FIFO, a socket. */
  OTHER
}
