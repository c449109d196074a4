package io.execd.http.file;

import io.execd.application.file.FileContent;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A whole file, whose start has been read before anything is said of it: what a file tells of its
 * size need not be true. Those of {@code /proc} say that they are empty, those of {@code /sys} that
 * they have a page. What fits in one block has a length, what does not is a stream.
 */
final class StartBody implements StreamBody {
  /** A file that says it has more is believed. */
  static final int MOST_BYTES = 64 * 1024;

  private final FileContent content;
  private final Block block;
  private final ByteBuffer start;
  private final boolean whole;

  private StartBody(FileContent content, Block block, ByteBuffer start, boolean whole) {
    this.content = content;
    this.block = block;
    this.start = start;
    this.whole = whole;
  }

  /** Reads the start of a file that says it has {@link #MOST_BYTES} or fewer. */
  static StartBody of(FileContent content) {
    long size = content.status().sizeBytes();
    Block block = Block.borrow();
    try {
      ByteBuffer start = block.room(size == 0 ? MOST_BYTES : size);
      int read = 1;
      while (read > 0 && start.hasRemaining()) {
        read = content.read(start, start.position());
      }
      boolean whole = read == 0 || size > 0;
      return new StartBody(content, block, start.flip(), whole);
    } catch (RuntimeException failed) {
      block.close();
      throw failed;
    }
  }

  /** Whether the file has not what it said. */
  boolean isMade() {
    return start.remaining() != content.status().sizeBytes();
  }

  @Override
  public long lengthBytes() {
    return whole ? start.remaining() : -1;
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (content;
        block) {
      long at = start.remaining();
      RangeBody.sendFirst(start, sink);
      for (int read = whole ? 0 : 1; read > 0; at += read) {
        ByteBuffer bytes = block.room(Block.BYTES);
        read = content.read(bytes, at);
        sink.send(bytes.flip());
      }
    }
  }

  /** Gives the start back; the content stays open. */
  void forget() {
    block.close();
  }

  @Override
  public void discard() {
    block.close();
    content.close();
  }
}
