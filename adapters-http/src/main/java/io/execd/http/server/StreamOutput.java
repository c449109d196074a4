package io.execd.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.http.io.NIOOutputStream;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Writes one stream. The headers and the first chunk go through Grizzly in one write; what follows
 * is framed here and written to the socket by the stream's own thread, without a copy or a queue: a
 * client that is behind holds the writer and no memory. The end goes through Grizzly again, which
 * then knows that the connection is free.
 */
final class StreamOutput implements StreamSink {
  private static final byte[] CRLF = {'\r', '\n'};

  /**
   * The JDK keeps a buffer of the largest write for each thread, so a large text goes in pieces.
   */
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Response response;
  private final NIOConnection connection;
  private final ClientWatch watch;

  StreamOutput(Response response, NIOConnection connection, ClientWatch watch) {
    this.response = response;
    this.connection = connection;
    this.watch = watch;
  }

  @Override
  public void send(byte[] bytes, int offset, int length) throws IOException {
    send(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void send(ByteBuffer bytes) throws IOException {
    watch.checkPresent();
    if (!bytes.hasRemaining()) {
      return;
    }
    if (response.isCommitted() && isFramedHere() && isQueueEmpty()) {
      sendPieces(bytes);
    } else {
      sendThroughGrizzly(bytes);
    }
  }

  private void sendPieces(ByteBuffer bytes) throws IOException {
    int most = bytes.isDirect() ? bytes.remaining() : CHUNK_BYTES;
    while (bytes.hasRemaining()) {
      ByteBuffer piece = bytes.slice(bytes.position(), Math.min(most, bytes.remaining()));
      bytes.position(bytes.position() + piece.remaining());
      write(isChunked() ? chunk(piece) : new ByteBuffer[] {piece}, bytes.isDirect());
    }
  }

  private void sendThroughGrizzly(ByteBuffer bytes) throws IOException {
    NIOOutputStream out = response.getNIOOutputStream();
    if (bytes.hasArray()) {
      out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      out.write(copy, 0, copy.length);
    }
    out.flush();
  }

  @Override
  public void onGone(Runnable action) {
    watch.onGone(action);
  }

  private boolean isFramedHere() {
    return isChunked() || response.getContentLengthLong() >= 0;
  }

  /** HTTP/1.0 clients get the bare bytes and the end of the connection. */
  private boolean isChunked() {
    return response.getResponse().isChunked();
  }

  /** Whether all that Grizzly was given is in the kernel: else our bytes would overtake it. */
  private boolean isQueueEmpty() {
    return connection.getAsyncWriteQueue().spaceInBytes() == 0;
  }

  private static ByteBuffer[] chunk(ByteBuffer bytes) {
    byte[] size = (Integer.toHexString(bytes.remaining()) + "\r\n").getBytes(US_ASCII);
    return new ByteBuffer[] {ByteBuffer.wrap(size), bytes, ByteBuffer.wrap(CRLF)};
  }

  private void write(ByteBuffer[] bytes, boolean isFile) throws IOException {
    SocketChannel channel = (SocketChannel) connection.getChannel();
    channel.write(bytes);
    while (bytes[bytes.length - 1].hasRemaining()) {
      watch.awaitWritable(isFile);
      channel.write(bytes);
    }
  }
}
