package io.execd.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
    watch.checkPresent();
    if (length == 0) {
      return;
    }
    if (response.isCommitted() && isChunked() && isQueueEmpty()) {
      for (int sent = 0; sent < length; sent += CHUNK_BYTES) {
        sendChunk(bytes, offset + sent, Math.min(CHUNK_BYTES, length - sent));
      }
    } else {
      NIOOutputStream out = response.getNIOOutputStream();
      out.write(bytes, offset, length);
      out.flush();
    }
  }

  @Override
  public void onGone(Runnable action) {
    watch.onGone(action);
  }

  /** HTTP/1.0 clients get the bare bytes and the end of the connection. */
  private boolean isChunked() {
    return response.getResponse().isChunked();
  }

  /** Whether all that Grizzly was given is in the kernel: else our bytes would overtake it. */
  private boolean isQueueEmpty() {
    return connection.getAsyncWriteQueue().spaceInBytes() == 0;
  }

  private void sendChunk(byte[] bytes, int offset, int length) throws IOException {
    byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer end = ByteBuffer.wrap(CRLF);
    ByteBuffer[] chunk = {ByteBuffer.wrap(size), ByteBuffer.wrap(bytes, offset, length), end};
    SocketChannel channel = (SocketChannel) connection.getChannel();
    channel.write(chunk);
    while (end.hasRemaining()) {
      watch.awaitWritable();
      channel.write(chunk);
    }
  }
}
