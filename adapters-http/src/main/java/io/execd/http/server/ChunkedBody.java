package io.execd.http.server;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.http.TransferEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Chunked bodies: written as Grizzly does, read by {@link ChunkFraming}. Grizzly refuses extensions
 * and takes any bytes between two chunks; where a body is broken it answers beside the request that
 * reads the body, which does not hear of it. Here a broken body ends, and its reader asks why.
 */
final class ChunkedBody implements TransferEncoding {
  private static final Attribute<ChunkFraming> FRAMING =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ChunkedBody.class.getName());

  private final TransferEncoding writer = new ChunkedTransferEncoding(Limits.HEADER_BYTES);

  /** Whether the body ended before its last chunk, because it could not be understood. */
  static boolean isBroken(HttpHeader header) {
    ChunkFraming framing = FRAMING.get(header);
    return framing != null && framing.isBroken();
  }

  @Override
  public boolean wantDecode(HttpHeader header) {
    return header.isChunked();
  }

  /** Joins the data of all chunks in the buffer, so that many small ones cost no more than one. */
  @Override
  public ParsingResult parsePacket(FilterChainContext context, HttpHeader header, Buffer bytes) {
    ChunkFraming framing = framingOf(header);
    int start = bytes.position();
    int end = start;
    int next = start;
    while (next < bytes.limit() && !framing.isOver()) {
      int length = (int) Math.min(framing.remaining(), bytes.limit() - next);
      if (length == 0) {
        framing.take(bytes.get(next++));
      } else {
        move(bytes, next, end, length);
        framing.took(length);
        next += length;
        end += length;
      }
    }
    Buffer rest = next < bytes.limit() ? bytes.split(next) : null;
    bytes.position(start);
    bytes.limit(end);
    return framing.isOver() ? last(header, framing, bytes, rest) : data(header, bytes);
  }

  private static void move(Buffer bytes, int from, int to, int length) {
    if (bytes.hasArray()) {
      int zero = bytes.arrayOffset();
      System.arraycopy(bytes.array(), zero + from, bytes.array(), zero + to, length);
    } else {
      for (int at = 0; at < length; at++) {
        bytes.put(to + at, bytes.get(from + at));
      }
    }
  }

  private static ChunkFraming framingOf(HttpHeader header) {
    ChunkFraming framing = FRAMING.get(header);
    if (framing == null) {
      framing = new ChunkFraming();
      FRAMING.set(header, framing);
    }
    return framing;
  }

  private static ParsingResult last(
      HttpHeader header, ChunkFraming framing, Buffer bytes, @Nullable Buffer rest) {
    HttpContent end = header.httpTrailerBuilder().content(bytes).build();
    if (framing.isBroken()) {
      // Where the next request begins is not known.
      header.getProcessingState().setKeepAlive(false);
      return ParsingResult.create(end, null);
    }
    return ParsingResult.create(end, rest);
  }

  private static ParsingResult data(HttpHeader header, Buffer bytes) {
    if (!bytes.hasRemaining()) {
      bytes.tryDispose();
      return ParsingResult.create(null, null);
    }
    return ParsingResult.create(header.httpContentBuilder().content(bytes).build(), null);
  }

  @Override
  public boolean wantEncode(HttpHeader header) {
    return writer.wantEncode(header);
  }

  @Override
  public void prepareSerialize(FilterChainContext context, HttpHeader header, HttpContent content) {
    writer.prepareSerialize(context, header, content);
  }

  @Override
  public Buffer serializePacket(FilterChainContext context, HttpContent content) {
    return writer.serializePacket(context, content);
  }
}
