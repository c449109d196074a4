package io.execd.os.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.OpenFile;
import io.execd.os.nativecall.FileCalls;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A file by its descriptor. */
final class LinuxFile implements OpenFile {
  private static final int CLOSED = -1;

  private final FileCalls calls;
  private int descriptor;

  LinuxFile(FileCalls calls, int descriptor) {
    this.calls = calls;
    this.descriptor = descriptor;
  }

  @Override
  public FileStatus status() {
    return calls.status(descriptor);
  }

  @Override
  public int read(ByteBuffer target, long position) {
    return calls.content().read(descriptor, target, position);
  }

  @Override
  public void write(ByteBuffer source, long position) {
    calls.content().write(descriptor, source, position);
  }

  /** A file system that does not know how to says so in one of many ways. */
  @Override
  public void reserve(long bytes) {
    try {
      calls.content().reserve(descriptor, bytes);
    } catch (FileError refused) {
      if (refused.is("ENOSPC") || refused.is("EDQUOT") || refused.is("EFBIG")) {
        throw refused;
      }
    }
  }

  @Override
  public void setSize(long bytes) {
    calls.content().setSize(descriptor, bytes);
  }

  @Override
  public void setMode(int mode) {
    calls.setMode(descriptor, mode);
  }

  @Override
  public void setOwner(long uid, long gid) {
    calls.setOwner(descriptor, uid, gid);
  }

  @Override
  public void setModified(Instant time) {
    calls.setModified(descriptor, time);
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      calls.close(descriptor);
      descriptor = CLOSED;
    }
  }
}
