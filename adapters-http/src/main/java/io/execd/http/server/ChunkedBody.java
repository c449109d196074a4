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

  @Override
  public ParsingResult parsePacket(FilterChainContext context, HttpHeader header, Buffer bytes) {
    ChunkFraming framing = framingOf(header);
    while (framing.remaining() == 0 && !framing.isOver() && bytes.hasRemaining()) {
      framing.take(bytes.get());
    }
    if (framing.isOver()) {
      return last(header, framing, bytes);
    }
    if (!bytes.hasRemaining()) {
      bytes.tryDispose();
      return ParsingResult.create(null, null);
    }
    return data(header, framing, bytes);
  }

  private static ChunkFraming framingOf(HttpHeader header) {
    ChunkFraming framing = FRAMING.get(header);
    if (framing == null) {
      framing = new ChunkFraming();
      FRAMING.set(header, framing);
    }
    return framing;
  }

  private static ParsingResult last(HttpHeader header, ChunkFraming framing, Buffer bytes) {
    HttpContent end = header.httpTrailerBuilder().build();
    if (framing.isBroken()) {
      // Where the next request begins is not known.
      header.getProcessingState().setKeepAlive(false);
      bytes.tryDispose();
      return ParsingResult.create(end, null);
    }
    return ParsingResult.create(end, bytes.hasRemaining() ? bytes.slice() : null);
  }

  private static ParsingResult data(HttpHeader header, ChunkFraming framing, Buffer bytes) {
    int length = (int) Math.min(framing.remaining(), bytes.remaining());
    boolean more = length < bytes.remaining();
    Buffer rest = more ? bytes.split(bytes.position() + length) : null;
    bytes.shrink();
    framing.took(length);
    return ParsingResult.create(header.httpContentBuilder().content(bytes).build(), rest);
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
