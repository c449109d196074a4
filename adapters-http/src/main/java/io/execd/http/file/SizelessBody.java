package io.execd.http.file;

import io.execd.application.file.FileContent;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that says it is empty: it may be, or it makes its content when it is read, as in {@code
 * /proc}. What fits in one block has a length, what does not is a stream.
 */
final class SizelessBody implements StreamBody {
  private static final int WHOLE_BYTES = 64 * 1024;

  private final FileContent content;
  private final ByteBuffer start;
  private final boolean whole;

  private SizelessBody(FileContent content, ByteBuffer start, boolean whole) {
    this.content = content;
    this.start = start;
    this.whole = whole;
  }

  /**
   * Whether a file that says it is empty is not: what pieces it has nobody can tell, so it is sent
   * whole (RFC 9110, 14.2).
   */
  static boolean isNeeded(FileContent content) {
    return content.status().sizeBytes() == 0 && content.read(ByteBuffer.allocate(1), 0) > 0;
  }

  /** Reads the start; when that fails, the caller still owns the content. */
  static SizelessBody of(FileContent content) {
    ByteBuffer start = ByteBuffer.allocate(WHOLE_BYTES);
    int read = 1;
    while (read > 0 && start.hasRemaining()) {
      read = content.read(start, start.position());
    }
    return new SizelessBody(content, start.flip(), read == 0);
  }

  @Override
  public long lengthBytes() {
    return whole ? start.remaining() : -1;
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (content;
        Block block = Block.borrow()) {
      long at = start.remaining();
      sink.send(start);
      for (int read = whole ? 0 : 1; read > 0; at += read) {
        ByteBuffer bytes = block.room(Block.BYTES);
        read = content.read(bytes, at);
        sink.send(bytes.flip());
      }
    }
  }

  @Override
  public void discard() {
    content.close();
  }
}
