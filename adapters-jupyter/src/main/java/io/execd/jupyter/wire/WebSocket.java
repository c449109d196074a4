package io.execd.jupyter.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client's side of a WebSocket (RFC 6455) whose messages are read as streams, so that their
 * size costs no memory. One thread reads; any may send.
 */
public final class WebSocket implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MASK_BIT = 0x80;
  private static final int FINAL_BIT = 0x80;

  private final Wire wire;
  private final InputStream in;
  private final String protocol;
  private final ReentrantLock sending = new ReentrantLock();

  /** The server refused: it answered with another status than 101. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status) {
      super("the server answered " + status + " to the WebSocket request");
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private WebSocket(Wire wire, String protocol) {
    this.wire = wire;
    this.in = wire.in();
    this.protocol = protocol;
  }

  /**
   * Connects.
   *
   * @param offered a subprotocol that the server may take or leave
   * @param patience for the handshake; after it reads wait for ever
   * @throws RefusedException when the server answers with another status than 101
   */
  public static WebSocket open(Endpoint endpoint, String path, String offered, Duration patience)
      throws IOException {
    Wire wire = Wire.open(endpoint, patience);
    try {
      String key = newKey();
      wire.send(
          endpoint.head("GET", path)
              + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
              + key
              + "\r\nSec-WebSocket-Protocol: "
              + offered
              + "\r\n\r\n");
      HttpHead head = wire.readHead();
      check(head, key);
      wire.waitForEver();
      return new WebSocket(wire, head.header("sec-websocket-protocol"));
    } catch (IOException | RuntimeException failed) {
      wire.close();
      throw failed;
    }
  }

  private static String newKey() {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    return Base64.getEncoder().encodeToString(nonce);
  }

  private static void check(HttpHead head, String key) throws IOException {
    if (head.status() != 101) {
      throw new RefusedException(head.status());
    }
    if (!head.header("sec-websocket-accept").equals(accept(key))) {
      throw new IOException("what answers does not speak WebSocket");
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-1", impossible);
    }
  }

  /** The subprotocol that the server took; empty when it took none. */
  public String protocol() {
    return protocol;
  }

  /**
   * Waits for the next message. Pings that come before and inside of it are answered.
   *
   * @return to be read to its end before the next one is asked for; what is left is skipped
   * @throws EOFException when the server has closed the connection
   */
  public Message next() throws IOException {
    while (true) {
      Frame frame = readFrame();
      if (frame.isControl()) {
        control(frame);
      } else {
        return new Message(this, frame);
      }
    }
  }

  /** When a byte came in for the last time, as {@link System#nanoTime} tells it. Any thread. */
  public long lastReadNanos() {
    return wire.lastReadNanos();
  }

  public void sendText(byte[] payload) throws IOException {
    send(Frame.TEXT, payload);
  }

  public void sendBinary(byte[] payload) throws IOException {
    send(Frame.BINARY, payload);
  }

  /** A sign of life that nobody asked for, for the time in which nothing is read. */
  public void sendPong() throws IOException {
    send(Frame.PONG, new byte[0]);
  }

  Frame readFrame() throws IOException {
    int first = octet();
    int second = octet();
    long length = second & 0x7f;
    if (length == 126) {
      length = number(2);
    } else if (length == 127) {
      length = number(8);
    }
    Frame frame = new Frame(first & 0x0f, (first & FINAL_BIT) != 0, length);
    if ((second & MASK_BIT) != 0 || (first & 0x70) != 0 || length < 0 || !frame.isValid()) {
      throw new IOException("the server sent a frame that is none");
    }
    return frame;
  }

  void control(Frame frame) throws IOException {
    if (frame.length() > Frame.MAX_CONTROL_BYTES) {
      throw new IOException("the server sent a control frame that is too long");
    }
    byte[] payload = in.readNBytes((int) frame.length());
    switch (frame.opcode()) {
      case Frame.PING -> send(Frame.PONG, payload);
      case Frame.CLOSE -> {
        send(Frame.CLOSE, payload);
        throw new EOFException("the server closed the WebSocket" + Frame.closeReason(payload));
      }
      default -> {
        // a pong answers nothing of ours
      }
    }
  }

  int read(byte[] bytes, int from, int length) throws IOException {
    int count = in.read(bytes, from, length);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    return count;
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the server closed the connection");
    }
    return octet;
  }

  private long number(int octets) throws IOException {
    long number = 0;
    for (int i = 0; i < octets; i++) {
      number = (number << 8) | octet();
    }
    return number;
  }

  /** Masks in place: the payload is used up. */
  private void send(int opcode, byte[] payload) throws IOException {
    int mask = ThreadLocalRandom.current().nextInt();
    byte[] head = Frame.head(FINAL_BIT | opcode, MASK_BIT, payload.length, mask);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
    boolean small = payload.length < 1024;
    sending.lock();
    try {
      wire.out().write(small ? Frame.join(head, payload) : head);
      if (!small) {
        wire.out().write(payload);
      }
    } finally {
      sending.unlock();
    }
  }

  /** Closes the connection at once; whoever reads meanwhile gets an exception. */
  @Override
  public void close() {
    wire.close();
  }
}
