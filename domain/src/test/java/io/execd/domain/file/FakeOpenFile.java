package io.execd.domain.file;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** An open file in memory. */
final class FakeOpenFile implements OpenFile {
  private final FakeFileAccess files;
  private final FakeNode node;

  FakeOpenFile(FakeFileAccess files, FakeNode node) {
    this.files = files;
    this.node = node;
  }

  @Override
  public FileStatus status() {
    return node.status();
  }

  @Override
  public int read(ByteBuffer target, long position) {
    byte[] content = node.content();
    int from = (int) Math.min(position, content.length);
    int count = Math.min(target.remaining(), content.length - from);
    target.put(content, from, count);
    return count;
  }

  @Override
  public void write(ByteBuffer source, long position) {
    files.interfere();
    if (files.isFull() && source.hasRemaining()) {
      throw FakeFileAccess.error("ENOSPC");
    }
    byte[] old = node.content();
    int from = (int) position;
    byte[] content = Arrays.copyOf(old, Math.max(old.length, from + source.remaining()));
    source.get(content, from, source.remaining());
    node.write(content);
  }

  @Override
  public void reserve(long bytes) {
    if (files.isFull() && bytes > node.content().length) {
      throw FakeFileAccess.error("ENOSPC");
    }
  }

  @Override
  public void setSize(long bytes) {
    node.write(Arrays.copyOf(node.content(), (int) bytes));
  }

  @Override
  public void setMode(int mode) {
    node.setMode(mode);
  }

  @Override
  public void setOwner(long uid, long gid) {
    node.setOwner(uid, gid);
  }

  @Override
  public void setModified(Instant time) {
    node.setModified(time);
  }

  @Override
  public void close() {}
}
