package io.execd.http.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * The end of what a connection is told: after it no request is served there, whatever was sent
 * already. A client that pipelines would else run again what it will repeat on a new connection.
 */
final class LastWord {
  private static final Attribute<Boolean> SPOKEN =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(LastWord.class.getName());

  private LastWord() {}

  static boolean isSpoken(Connection<?> connection) {
    return SPOKEN.get(connection) != null;
  }

  /** An answer that announced the end has been given. */
  static void spoken(Connection<?> connection) {
    SPOKEN.set(connection, true);
  }

  /**
   * Answers a request that could not be understood. Grizzly's way needs the request's method and
   * version. Then ends our direction only: a connection closed on unread bytes is reset, and the
   * client loses the answer.
   */
  static void speak(FilterChainContext context, String id, Answer answer) {
    NIOConnection connection = (NIOConnection) context.getConnection();
    spoken(connection);
    context.write(bytes(id, answer), new HalfClose(connection));
  }

  private static Buffer bytes(String id, Answer answer) {
    byte[] body = answer.json();
    String head =
        "HTTP/1.1 %d %s\r\nDate: %s\r\n%s: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
            .formatted(
                answer.status(),
                HttpStatus.getHttpStatus(answer.status()).getReasonPhrase(),
                FastHttpDateFormat.getCurrentDate(),
                RequestId.HEADER,
                id,
                Exchange.JSON,
                body.length);
    byte[] start = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    MemoryManager<?> memory = MemoryManager.DEFAULT_MEMORY_MANAGER;
    return Buffers.appendBuffers(memory, Buffers.wrap(memory, start), Buffers.wrap(memory, body));
  }

  @SuppressWarnings("rawtypes") // Grizzly's interface is
  private static final class HalfClose extends EmptyCompletionHandler<WriteResult> {
    private final NIOConnection connection;

    HalfClose(NIOConnection connection) {
      this.connection = connection;
    }

    @Override
    public void completed(WriteResult written) {
      try {
        ((SocketChannel) connection.getChannel()).shutdownOutput();
      } catch (IOException gone) {
        connection.closeSilently();
      }
    }
  }
}
