package io.execd.http.file;

import io.execd.application.file.FileContent;
import io.execd.domain.file.ByteRange;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One piece of a file. A file that has become shorter meanwhile breaks the answer off. */
final class RangeBody implements StreamBody {
  /** The first bytes travel with the headers and are copied. */
  private static final int FIRST_BYTES = 16 * 1024;

  private final FileContent content;
  private final ByteRange range;

  private RangeBody(FileContent content, ByteRange range) {
    this.content = content;
    this.range = range;
  }

  static RangeBody of(FileContent content, ByteRange range) {
    return new RangeBody(content, range);
  }

  @Override
  public long lengthBytes() {
    return range.length();
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (content) {
      copy(content, range, sink);
    }
  }

  /** Sends what is in a block in two steps: the first bytes are few. */
  static void sendFirst(ByteBuffer bytes, StreamSink sink) throws IOException {
    int end = bytes.limit();
    if (end > FIRST_BYTES) {
      sink.send(bytes.limit(FIRST_BYTES));
      bytes.limit(end).position(FIRST_BYTES);
    }
    sink.send(bytes);
  }

  static void copy(FileContent content, ByteRange range, StreamSink sink) throws IOException {
    try (Block block = Block.borrow()) {
      long at = range.first();
      long most = FIRST_BYTES;
      while (at <= range.last()) {
        ByteBuffer bytes = block.room(Math.min(most, range.last() - at + 1));
        if (content.read(bytes, at) == 0) {
          throw new IOException("the file has become shorter");
        }
        at += bytes.flip().remaining();
        sink.send(bytes);
        most = Block.BYTES;
      }
    }
  }

  @Override
  public void discard() {
    content.close();
  }
}
