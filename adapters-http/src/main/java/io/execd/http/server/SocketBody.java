package io.execd.http.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.glassfish.grizzly.http.HttpCodecFilter.ContentParsingState;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * A long body of known length, read from the socket by the thread that wants it: through Grizzly
 * each piece goes by way of the selector thread, which takes twice as long. Grizzly counts what is
 * still to come, and reads the last byte itself, so that it knows that the body is over.
 */
final class SocketBody {
  /** Less than this is not worth it. */
  private static final int WORTH_BYTES = 64 * 1024;

  private final NIOConnection connection;
  private final HttpHeader header;
  private final ContentParsingState state;
  private final Duration pause;

  /**
   * @param pause how long the client may send nothing
   */
  SocketBody(NIOConnection connection, HttpHeader header, Duration pause) {
    this.connection = connection;
    this.header = header;
    this.pause = pause;
    this.state = ((HttpPacketParsing) header).getContentParsingState();
  }

  /** Whether so much is still to come that Grizzly has not read. */
  boolean isWorthwhile() {
    return !header.isChunked() && state.chunkRemainder > WORTH_BYTES;
  }

  /**
   * Reads at least one byte; blocks while the client sends none.
   *
   * @throws IOException when it is gone, or paused for too long
   */
  int read(byte[] bytes, int offset, int length) throws IOException {
    int most = (int) Math.min(length, state.chunkRemainder - 1);
    ByteBuffer target = ByteBuffer.wrap(bytes, offset, most);
    SocketChannel channel = (SocketChannel) connection.getChannel();
    int read = channel.read(target);
    while (read == 0) {
      ReadWait.await(connection, pause);
      read = channel.read(target);
    }
    if (read < 0) {
      throw new EOFException("the client is gone");
    }
    state.chunkRemainder -= read;
    return read;
  }
}
