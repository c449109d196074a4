package io.execd.http.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.execd.application.file.FileContent;
import io.execd.domain.file.ByteRange;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Several pieces of a file as multipart/byteranges. */
final class ManyRangesBody implements StreamBody {
  private final String boundary = UUID.randomUUID().toString();
  private final FileContent content;
  private final List<ByteRange> ranges;

  ManyRangesBody(FileContent content, List<ByteRange> ranges) {
    this.content = content;
    this.ranges = ranges;
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  private byte[] head(ByteRange range) {
    return """
    \r
    --%s\r
    Content-Type: application/octet-stream\r
    Content-Range: bytes %d-%d/%d\r
    \r
    """
        .formatted(boundary, range.first(), range.last(), content.status().sizeBytes())
        .getBytes(US_ASCII);
  }

  private byte[] end() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
  }

  @Override
  public long lengthBytes() {
    return ranges.stream().mapToLong(range -> head(range).length + range.length()).sum()
        + end().length;
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (content) {
      for (ByteRange range : ranges) {
        byte[] head = head(range);
        sink.send(head, 0, head.length);
        RangeBody.copy(content, range, sink);
      }
      byte[] end = end();
      sink.send(end, 0, end.length);
    }
  }

  @Override
  public void discard() {
    content.close();
  }
}
