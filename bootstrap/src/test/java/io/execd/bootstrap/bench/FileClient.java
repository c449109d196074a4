package io.execd.bootstrap.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A client of the routes for files that costs next to nothing. For one thread. */
final class FileClient implements Closeable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final String BOUNDARY = "execd-bench";

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  FileClient(Daemon daemon) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(daemon.address());
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  /** Asks for something and gives the length of what comes. */
  long get(String route) throws IOException {
    send("GET " + route + " HTTP/1.1\r\nHost: bench\r\n\r\n");
    return answer();
  }

  /** Replaces a file by so many bytes. */
  void put(Path path, long size) throws IOException {
    send(
        "PUT /files/content?path=%s HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, size));
    fill(size);
    answer();
  }

  /** Uploads so many files of this size, with these names and a number. */
  void upload(Path path, int count, long size) throws IOException {
    long length = 0;
    for (int i = 0; i < count; i++) {
      length += head(path, count, i).length() + size + 2;
    }
    String end = "--" + BOUNDARY + "--\r\n";
    send(
        """
        POST /files/upload HTTP/1.1\r
        Host: bench\r
        Content-Type: multipart/form-data; boundary=%s\r
        Content-Length: %d\r
        \r
        """
            .formatted(BOUNDARY, length + end.length()));
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    for (int i = 0; i < count; i++) {
      out.write(head(path, count, i).getBytes(StandardCharsets.US_ASCII));
      for (long left = size; left > 0; left -= buffer.length) {
        out.write(buffer, 0, (int) Math.min(left, buffer.length));
      }
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.write(end.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    answer();
  }

  private static String head(Path path, int count, int number) {
    return """
    --%s\r
    Content-Disposition: form-data; name="metadata"; filename="metadata"\r
    Content-Type: application/json\r
    \r
    {"path":"%s%s"}\r
    --%s\r
    Content-Disposition: form-data; name="file"; filename="file"\r
    Content-Type: application/octet-stream\r
    \r
    """
        .formatted(BOUNDARY, path, count == 1 ? "" : number, BOUNDARY);
  }

  private void send(String head) throws IOException {
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private void fill(long size) throws IOException {
    for (long left = size; left > 0; left -= buffer.length) {
      socket.getOutputStream().write(buffer, 0, (int) Math.min(left, buffer.length));
    }
  }

  private long answer() throws IOException {
    String status = ChunkedBody.line(in);
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("the daemon answered " + status);
    }
    long length = -1;
    for (String line = ChunkedBody.line(in); !line.isEmpty(); line = ChunkedBody.line(in)) {
      if (line.startsWith("Content-Length: ")) {
        length = Long.parseLong(line.substring("Content-Length: ".length()).strip());
      }
    }
    return length < 0 ? chunks() : drop(length);
  }

  private long drop(long length) throws IOException {
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the answer is cut");
      }
      left -= read;
    }
    return length;
  }

  private long chunks() throws IOException {
    long total = 0;
    long size = Long.parseLong(ChunkedBody.line(in), 16);
    while (size > 0) {
      total += drop(size);
      drop(2);
      size = Long.parseLong(ChunkedBody.line(in), 16);
    }
    drop(2);
    return total;
  }

  /** Removes a folder with all in it, which is no part of any figure. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
