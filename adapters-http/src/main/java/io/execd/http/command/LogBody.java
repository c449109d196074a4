package io.execd.http.command;

import io.execd.application.command.LogSlice;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A part of a log as the body of an answer: whole when it is small, else as a stream. */
final class LogBody {
  private static final int WHOLE_BYTES = 256 * 1024;

  private LogBody() {}

  /** An entity: bytes, or a {@link StreamBody}. */
  static Object of(LogSlice slice) {
    return slice.length() <= WHOLE_BYTES ? bytes(slice) : (StreamBody) sink -> copy(slice, sink);
  }

  private static byte[] bytes(LogSlice slice) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) slice.length());
    try {
      slice.writeTo(bytes);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return bytes.toByteArray();
  }

  private static void copy(LogSlice slice, StreamSink sink) throws IOException {
    slice.writeTo(
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            sink.send(bytes, from, length);
          }
        });
  }
}
