package io.execd.http.file;

import io.execd.application.file.FileContent;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Some lines of a file, with their ends as they are. */
final class LineBody implements StreamBody {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final FileContent content;
  private final long endBytes;
  private long toSkip;
  private long toSend;

  /**
   * Reads nothing yet.
   *
   * @param endBytes where to stop at the latest, in a file that grows as fast as it is read
   */
  LineBody(FileContent content, LineRange lines, long endBytes) {
    this.content = content;
    this.endBytes = endBytes;
    this.toSkip = lines.first() - 1;
    this.toSend = lines.count();
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (content) {
      byte[] block = new byte[BLOCK_BYTES];
      long at = 0;
      int read = 1;
      while (toSend > 0 && read > 0) {
        int most = (int) Math.min(block.length, endBytes - at);
        read = content.read(ByteBuffer.wrap(block, 0, most), at);
        send(block, read, sink);
        at += read;
      }
    }
  }

  private void send(byte[] block, int length, StreamSink sink) throws IOException {
    int from = 0;
    while (from < length && toSkip > 0) {
      toSkip -= block[from++] == '\n' ? 1 : 0;
    }
    int to = from;
    while (to < length && toSend > 0) {
      toSend -= block[to++] == '\n' ? 1 : 0;
    }
    sink.send(block, from, to - from);
  }

  @Override
  public void discard() {
    content.close();
  }
}
