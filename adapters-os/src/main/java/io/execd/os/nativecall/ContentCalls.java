package io.execd.os.nativecall;

import io.execd.domain.file.FileError;
import java.nio.ByteBuffer;

/**
 * The system calls for what is in an open file. Everything throws {@link FileError} and blocks.
 * Safe for any number of threads.
 */
public final class ContentCalls {
  private static final int KEEP_SIZE = 1;

  private final Linux linux;

  ContentCalls(Linux linux) {
    this.linux = linux;
  }

  /** Takes room on the disk for so many bytes, from the first on; the size stays what it is. */
  public void reserve(int descriptor, long bytes) {
    FileCalls.check(linux.call(SystemCall.FALLOCATE, descriptor, KEEP_SIZE, 0, bytes));
  }

  public void setSize(int descriptor, long bytes) {
    FileCalls.check(linux.call(SystemCall.FTRUNCATE, descriptor, bytes));
  }

  /** Reads once at a position; 0 at the end. */
  public int read(int descriptor, ByteBuffer target, long position) {
    if (target.isDirect()) {
      int read = transfer(SystemCall.PREAD64, descriptor, target, position);
      target.position(target.position() + read);
      return read;
    }
    try (Scratch scratch = Scratch.borrow()) {
      ByteBuffer data = scratch.data().clear();
      data.limit(Math.min(data.capacity(), target.remaining()));
      int read = transfer(SystemCall.PREAD64, descriptor, data, position);
      target.put(data.limit(read));
      return read;
    }
  }

  /** Writes the whole buffer at a position. */
  public void write(int descriptor, ByteBuffer source, long position) {
    long at = position;
    while (source.hasRemaining()) {
      at += source.isDirect() ? writeOnce(descriptor, source, at) : copy(descriptor, source, at);
    }
  }

  private int writeOnce(int descriptor, ByteBuffer source, long position) {
    int written = transfer(SystemCall.PWRITE64, descriptor, source, position);
    source.position(source.position() + written);
    return written;
  }

  private int copy(int descriptor, ByteBuffer source, long position) {
    try (Scratch scratch = Scratch.borrow()) {
      ByteBuffer data = scratch.data().clear();
      int count = Math.min(data.capacity(), source.remaining());
      data.put(0, source, source.position(), count).limit(count);
      int written = transfer(SystemCall.PWRITE64, descriptor, data, position);
      source.position(source.position() + written);
      return written;
    }
  }

  private int transfer(SystemCall call, int descriptor, ByteBuffer buffer, long position) {
    long address = Scratch.address(buffer);
    return (int)
        FileCalls.check(linux.call(call, descriptor, address, buffer.remaining(), position));
  }
}
