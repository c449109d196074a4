package io.execd.http.stream;

import io.execd.http.server.StreamSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A client in memory that keeps what it was sent; it can leave, and it can read slowly. */
final class RecordingSink implements StreamSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Runnable> goneActions = new ArrayList<>();
  private int sends;
  private int largest;
  private boolean gone;
  final CountDownLatch firstSend = new CountDownLatch(1);

  @Override
  public synchronized void send(byte[] source, int offset, int length) throws IOException {
    if (gone) {
      throw new IOException("gone");
    }
    bytes.write(source, offset, length);
    sends++;
    largest = Math.max(largest, length);
    firstSend.countDown();
  }

  @Override
  public synchronized void onGone(Runnable action) {
    goneActions.add(action);
  }

  void leave() {
    synchronized (this) {
      gone = true;
    }
    goneActions.forEach(Runnable::run);
  }

  synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  synchronized int sends() {
    return sends;
  }

  synchronized int largest() {
    return largest;
  }
}
