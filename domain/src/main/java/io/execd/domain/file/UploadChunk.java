package io.execd.domain.file;

import io.execd.domain.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a whole file the body of a request is.
 *
 * @param first the offset of its first byte
 * @param last the offset of its last byte
 * @param totalBytes the size of the whole file
 */
public record UploadChunk(long first, long last, long totalBytes) {
  private static final Pattern HEADER =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /**
   * Reads the header {@code Content-Range: bytes first-last/total}.
   *
   * @throws Failure INVALID_REQUEST when it is not that, or is out of order
   */
  public static UploadChunk of(String header) {
    Matcher parts = HEADER.matcher(header.strip());
    if (!parts.matches()) {
      throw Failure.invalidField("Content-Range", "must be 'bytes first-last/total'");
    }
    UploadChunk chunk =
        new UploadChunk(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Long.parseLong(parts.group(3)));
    if (chunk.first > chunk.last || chunk.last >= chunk.totalBytes) {
      throw Failure.invalidField("Content-Range", "'" + header + "' is out of order");
    }
    return chunk;
  }

  public long length() {
    return last - first + 1;
  }

  public boolean isLast() {
    return last + 1 == totalBytes;
  }
}
