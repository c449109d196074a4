package io.execd.http.file;

import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;

/** The content of the part that a reader is at, decoded. For one thread. */
final class PartContent {
  private static final int BLOCK_BYTES = 16 * 1024;

  /** How the content of a part travels (RFC 2045, section 6). */
  enum Encoding {
    PLAIN,
    QUOTED_PRINTABLE,
    BASE64;

    /**
     * The encoding that a header names.
     *
     * @param name empty for none
     * @throws Failure INVALID_FILE for one that is not known
     */
    static Encoding of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "", "7bit", "8bit", "binary" -> PLAIN;
        case "quoted-printable" -> QUOTED_PRINTABLE;
        case "base64" -> BASE64;
        default ->
            throw new Failure(
                Code.INVALID_FILE,
                "Content-Transfer-Encoding: must be binary, 8bit, 7bit, quoted-printable or base64,"
                    + " but is "
                    + name);
      };
    }

    private InputStream decode(InputStream encoded) {
      return switch (this) {
        case PLAIN -> encoded;
        case QUOTED_PRINTABLE -> new QuotedPrintable(encoded);
        case BASE64 -> Base64.getMimeDecoder().wrap(encoded);
      };
    }
  }

  private final MultipartReader parts;
  private final Encoding encoding;
  private final InputStream decoded;
  private final byte[] block;

  PartContent(MultipartReader parts, Encoding encoding) {
    this.parts = parts;
    this.encoding = encoding;
    this.decoded = encoding.decode(new Encoded(parts));
    this.block = new byte[encoding == Encoding.PLAIN ? 0 : BLOCK_BYTES];
  }

  /**
   * The next piece, valid until the next call; empty at the end.
   *
   * @throws Failure INVALID_FILE_CONTENT when it cannot be decoded, or is cut
   */
  ByteBuffer next() throws IOException {
    if (encoding == Encoding.PLAIN) {
      return parts.content();
    }
    try {
      int read = decoded.read(block);
      return ByteBuffer.wrap(block, 0, Math.max(read, 0));
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    } catch (IOException malformed) {
      throw new Failure(
          Code.INVALID_FILE_CONTENT,
          "Content-Transfer-Encoding: a part cannot be decoded: " + malformed.getMessage());
    }
  }

  /** What travels. That it cannot be read is told apart from that it cannot be decoded. */
  private static final class Encoded extends InputStream {
    private final MultipartReader parts;
    private ByteBuffer piece = ByteBuffer.allocate(0);

    Encoded(MultipartReader parts) {
      this.parts = parts;
    }

    @Override
    public int read() {
      return fill() ? piece.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, piece.remaining());
      piece.get(target, offset, count);
      return count;
    }

    /** False at the end. */
    private boolean fill() {
      if (!piece.hasRemaining()) {
        try {
          piece = parts.content();
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        }
      }
      return piece.hasRemaining();
    }
  }
}
