package io.execd.jupyter.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A server that accepts one WebSocket, sends prepared bytes in pieces and keeps what comes back.
 */
final class FrameServer implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<byte[]> received = new CompletableFuture<>();

  FrameServer(Fuzz fuzz, byte[] frames) throws IOException {
    List<Integer> pieces =
        frames.length < 500 ? fuzz.pieces(frames.length) : List.of(frames.length);
    Thread.ofVirtual()
        .start(() -> received.completeAsync(() -> serve(frames, pieces), Runnable::run));
  }

  WebSocket open() throws IOException {
    URI address = URI.create("http://127.0.0.1:" + listener.getLocalPort());
    return WebSocket.open(new Endpoint(address, ""), "/", "none", Duration.ofMinutes(1));
  }

  /** Everything that the client sent until it closed the connection. */
  byte[] received() {
    return received.join();
  }

  private byte[] serve(byte[] frames, List<Integer> pieces) {
    try (Socket socket = listener.accept()) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      socket.getOutputStream().write(accept(in).getBytes(UTF_8));
      int from = 0;
      for (int piece : pieces) {
        socket.getOutputStream().write(frames, from, piece);
        from += piece;
      }
      socket.shutdownOutput();
      return in.readAllBytes();
    } catch (IOException reset) {
      return new byte[0];
    }
  }

  private static String accept(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String key = head.toString().replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1") + GUID;
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(UTF_8));
      return "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: "
          + Base64.getEncoder().encodeToString(digest)
          + "\r\n\r\n";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One frame as a server sends it; a length may be written longer than it must be. */
  static byte[] frame(Fuzz fuzz, int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int least = payload.length < 126 ? 0 : payload.length < 1 << 16 ? 2 : 8;
    int octets = fuzz.below(8) == 0 ? 8 : least;
    out.write(octets == 0 ? payload.length : octets == 2 ? 126 : 127);
    for (int i = octets - 1; i >= 0; i--) {
      out.write((int) ((long) payload.length >>> (8 * i)));
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** The payloads of masked frames, each after its first byte. */
  static List<byte[]> unmasked(byte[] frames) {
    List<byte[]> payloads = new ArrayList<>();
    for (int at = 0; at < frames.length; ) {
      int octets = (frames[at + 1] & 0x7f) < 126 ? 0 : (frames[at + 1] & 0x7f) == 126 ? 2 : 8;
      int length = octets == 0 ? frames[at + 1] & 0x7f : 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | (frames[at + 2 + i] & 0xff);
      }
      int mask = at + 2 + octets;
      byte[] payload = new byte[1 + length];
      payload[0] = frames[at];
      for (int i = 0; i < length; i++) {
        payload[1 + i] = (byte) (frames[mask + 4 + i] ^ frames[mask + (i & 3)]);
      }
      payloads.add(payload);
      at = mask + 4 + length;
    }
    return payloads;
  }

  static byte[] joined(int first, byte[] payload) {
    byte[] joined = Arrays.copyOf(new byte[] {(byte) first}, 1 + payload.length);
    System.arraycopy(payload, 0, joined, 1, payload.length);
    return joined;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
