package io.execd.domain.file;

/** What a name stands for. */
public enum FileType {
  FILE,
  DIRECTORY,
  SYMLINK,
  /** A device, a FIFO, a socket. */
  OTHER;

  private static final int TYPE_BITS = 0170000;

  /** As Linux writes it in {@code st_mode}, whose other bits do not matter (inode(7)). */
  public static FileType ofMode(int mode) {
    return switch (mode & TYPE_BITS) {
      case 0100000 -> FILE;
      case 0040000 -> DIRECTORY;
      case 0120000 -> SYMLINK;
      default -> OTHER;
    };
  }
}
