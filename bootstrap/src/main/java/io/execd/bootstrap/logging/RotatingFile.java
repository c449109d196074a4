package io.execd.bootstrap.logging;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that starts anew when it is full; {@code file.1} is the one before, {@code file.2} the one
 * before that. The JDK's own FileHandler would write to {@code file.0} beside a lock file, where
 * nobody who named {@code file} looks. What is no regular file, such as {@code /dev/null}, is never
 * full. Not safe for use by several threads.
 */
final class RotatingFile extends OutputStream {
  /** S_IFMT of the kernel's stat. */
  private static final int FILE_TYPE_MASK = 0xF000;

  /** S_IFIFO. */
  private static final int FIFO_TYPE = 0x1000;

  private final Path file;
  private final long limitBytes;
  private final int older;
  private OutputStream out;
  private long sizeBytes;

  /**
   * Opens it for appending; folders above it are made.
   *
   * @param older how many full files are kept beside the current one
   */
  RotatingFile(Path file, long limitBytes, int older) throws IOException {
    this.file = file;
    this.older = older;
    this.out = open(file);
    this.sizeBytes = Files.size(file);
    this.limitBytes = Files.isRegularFile(file) ? limitBytes : Long.MAX_VALUE;
  }

  private static boolean isFifo(Path file) throws IOException {
    return Files.exists(file)
        && ((Integer) Files.getAttribute(file, "unix:mode") & FILE_TYPE_MASK) == FIFO_TYPE;
  }

  /** Opened for writing alone, it would keep the daemon waiting until there is a reader. */
  private static OutputStream openBothEnds(Path file) throws IOException {
    return new FileOutputStream(new RandomAccessFile(file.toFile(), "rw").getFD());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** One call is one record, which is never split over two files. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (sizeBytes > 0 && sizeBytes > limitBytes - length) {
      rotate();
    }
    out.write(bytes, offset, length);
    sizeBytes += length;
  }

  /** Goes on in the file that has the name now; the one that had it was moved, or is gone. */
  void reopen() throws IOException {
    OutputStream next = open(file);
    out.close();
    out = next;
    sizeBytes = Files.size(file);
  }

  private static OutputStream open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return isFifo(file) ? openBothEnds(file) : new FileOutputStream(file.toFile(), true);
  }

  private void rotate() throws IOException {
    out.close();
    for (int age = older; age > 0; age--) {
      Path from = age == 1 ? file : sibling(age - 1);
      if (Files.exists(from)) {
        Files.move(from, sibling(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    out = new FileOutputStream(file.toFile(), false);
    sizeBytes = 0;
  }

  private Path sibling(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
