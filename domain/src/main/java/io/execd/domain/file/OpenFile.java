package io.execd.domain.file;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Out-port: an open file. Calls block, and throw {@link FileError} when the machine refuses. Direct
 * buffers save a copy. For one thread at a time; the owner closes it.
 */
public interface OpenFile extends AutoCloseable {

  FileStatus status();

  /**
   * Reads once, up to what the buffer has room for.
   *
   * @return how many bytes; 0 at the end
   */
  int read(ByteBuffer target, long position);

  /** Writes all of the buffer from a position on. */
  void write(ByteBuffer source, long position);

  /**
   * Sees to it that so many bytes have room on the disk, without changing the file, where the file
   * system can tell; else does nothing. When there is no room, some may have been taken all the
   * same, until {@link #setSize}.
   */
  void reserve(long bytes);

  /** Cuts the file off, or fills it up with zeros. */
  void setSize(long bytes);

  void setMode(int mode);

  /** Sets user and group, each left alone when it is {@link Folder#UNCHANGED}. */
  void setOwner(long uid, long gid);

  /** Sets when its content last changed. */
  void setModified(Instant time);

  /** Idempotent; never throws. */
  @Override
  void close();
}
