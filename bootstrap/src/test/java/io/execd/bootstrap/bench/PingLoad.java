package io.execd.bootstrap.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One thread that keeps this many connections busy, each with one request at a time. */
final class PingLoad {
  private static final byte[] REQUEST =
      "GET /ping HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int HEAD_END = 0x0d0a0d0a;

  private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST.length).put(REQUEST);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(4096);
  private long answers;

  private PingLoad() {}

  /** The answers per second over this time. */
  static double measure(InetSocketAddress server, int connections, long nanos) throws IOException {
    PingLoad load = new PingLoad();
    try (Selector selector = Selector.open()) {
      try {
        load.open(selector, server, connections);
        return load.run(selector, nanos);
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    }
  }

  private void open(Selector selector, InetSocketAddress server, int connections)
      throws IOException {
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(server);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      ask(channel);
    }
  }

  private double run(Selector selector, long nanos) throws IOException {
    long begin = System.nanoTime();
    long now = begin;
    while (now - begin < nanos) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        take((SocketChannel) key.channel());
      }
      selector.selectedKeys().clear();
      now = System.nanoTime();
    }
    return answers * 1e9 / (now - begin);
  }

  /** An answer is a head and no body, and small enough to come in one piece. */
  private void take(SocketChannel channel) throws IOException {
    answer.clear();
    if (channel.read(answer) < 0) {
      throw new EOFException("the server closed a connection");
    }
    if (answer.getInt(answer.position() - Integer.BYTES) == HEAD_END) {
      answers++;
      ask(channel);
    }
  }

  private void ask(SocketChannel channel) throws IOException {
    request.flip();
    channel.write(request);
  }
}
