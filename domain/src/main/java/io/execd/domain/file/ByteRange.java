package io.execd.domain.file;

/**
 * A piece of a file.
 *
 * @param first the offset of its first byte
 * @param last the offset of its last byte
 */
public record ByteRange(long first, long last) {
  public long length() {
    return last - first + 1;
  }
}
