package io.execd.jupyter.wire;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One connection to a server. Reading is for one thread at a time, writing for another. */
final class Wire implements Closeable {
  private static final int BUFFER_BYTES = 4096;
  private static final int HEAD_BYTES = 64 * 1024;

  private final Socket plain;
  private final Socket socket;
  private final QuickAckInput quick;
  private final InputStream in;

  /** What TLS reads from is this socket's input too. */
  private static final class QuickSocket extends Socket {
    private @Nullable QuickAckInput input;

    @Override
    public QuickAckInput getInputStream() throws IOException {
      QuickAckInput known = input;
      if (known == null) {
        known = new QuickAckInput(this, super.getInputStream());
        input = known;
      }
      return known;
    }
  }

  private Wire(Socket plain, QuickAckInput quick, Socket socket, InputStream in) {
    this.plain = plain;
    this.quick = quick;
    this.socket = socket;
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /** Connects; connecting and everything read from it may take this long together. */
  static Wire open(Endpoint endpoint, Duration patience) throws IOException {
    QuickSocket plain = new QuickSocket();
    try {
      plain.setTcpNoDelay(true);
      int millis = (int) Math.min(patience.toMillis(), Integer.MAX_VALUE);
      plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
      QuickAckInput quick = plain.getInputStream();
      quick.limit(patience.toNanos());
      plain.setSoTimeout(millis);
      if (endpoint.secure()) {
        SSLSocket socket = secure(plain, endpoint);
        return new Wire(plain, quick, socket, socket.getInputStream());
      }
      return new Wire(plain, quick, plain, quick);
    } catch (IOException | RuntimeException failed) {
      plain.close();
      throw failed;
    }
  }

  private static SSLSocket secure(Socket plain, Endpoint endpoint) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket =
        (SSLSocket) factory.createSocket(plain, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** From now on reads wait for ever. */
  void waitForEver() throws IOException {
    quick.unlimit();
    socket.setSoTimeout(0);
  }

  InputStream in() {
    return in;
  }

  long lastReadNanos() {
    return quick.lastReadNanos();
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  void send(String text) throws IOException {
    out().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The head of an answer, its lines without their ends. */
  HttpHead readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    int bytes = 0;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      head.append(line).append('\n');
      bytes += line.length();
      if (bytes > HEAD_BYTES) {
        throw new IOException("the head of the answer does not end");
      }
    }
    return HttpHead.parse(head.toString());
  }

  String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the server closed the connection in the middle of its answer");
      }
      if (line.length() > HEAD_BYTES) {
        throw new IOException("a line of the answer does not end");
      }
      line.append((char) octet);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException closedAnyway) {
      return; // a socket that fails to close is closed nevertheless
    }
  }
}
