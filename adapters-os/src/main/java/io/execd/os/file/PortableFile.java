package io.execd.os.file;

import io.execd.domain.file.FileStatus;
import io.execd.domain.file.OpenFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** A file by its channel, and for what a channel cannot do, by its name. */
final class PortableFile implements OpenFile {
  private final Path path;
  private final FileChannel channel;

  PortableFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public FileStatus status() {
    return NioErrors.get(() -> NioStatus.read(path));
  }

  @Override
  public int read(ByteBuffer target, long position) {
    return NioErrors.get(() -> Math.max(0, channel.read(target, position)));
  }

  @Override
  public void write(ByteBuffer source, long position) {
    long at = position;
    while (source.hasRemaining()) {
      long from = at;
      at += NioErrors.get(() -> channel.write(source, from));
    }
  }

  @Override
  public void reserve(long bytes) {
    // java.nio cannot ask for it.
  }

  @Override
  public void setSize(long bytes) {
    NioErrors.run(() -> channel.truncate(bytes));
    if (status().sizeBytes() < bytes) {
      write(ByteBuffer.wrap(new byte[1]), bytes - 1);
    }
  }

  @Override
  public void setMode(int mode) {
    NioErrors.run(() -> Files.setAttribute(path, "unix:mode", mode));
  }

  @Override
  public void setOwner(long uid, long gid) {
    NioErrors.run(() -> NioStatus.setOwner(path, uid, gid));
  }

  @Override
  public void setModified(Instant time) {
    NioErrors.run(() -> Files.setLastModifiedTime(path, FileTime.from(time)));
  }

  @Override
  public void close() {
    NioErrors.run(channel::close);
  }
}
