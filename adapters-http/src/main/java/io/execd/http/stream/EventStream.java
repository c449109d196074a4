package io.execd.http.stream;

import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.StreamEvent;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The body of a streaming answer: moves events from a reader to a client until the terminal one.
 * Whatever has gathered meanwhile goes out in one write, so a fast program costs few writes and a
 * slow one's line leaves at once. Owns the reader. While it waits, its virtual thread is parked.
 */
public final class EventStream implements StreamBody {
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long IDLE_LINE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EventReader reader;
  private final StreamOptions options;
  private long nextPing = System.nanoTime() + PING_NANOS;

  public EventStream(EventReader reader, StreamOptions options) {
    this.reader = reader;
    this.options = options;
  }

  /** The answer with this body, which nobody on the way may keep or gather. */
  public Response answer() {
    return Response.ok(this, "text/event-stream")
        .header("Cache-Control", "no-cache")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (reader;
        EventOutput output = new EventOutput(sink, options.framing(), StreamMemory.SHARED);
        EventEncoder encoder = new EventEncoder(output)) {
      sink.onGone(reader::close);
      boolean over = false;
      while (!over) {
        over = forward(encoder);
        output.drain();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the server stops").initCause(stopped);
    }
  }

  /** Encodes what has come, or waits for it; true when it was the last. */
  private boolean forward(EventEncoder encoder) throws IOException, InterruptedException {
    List<StreamEvent> batch = reader.take(patience(encoder), TimeUnit.NANOSECONDS);
    if (batch.isEmpty()) {
      whileIdle(encoder);
      return false;
    }
    for (StreamEvent entry : batch) {
      encoder.encode(entry);
      if (entry.event() instanceof ExecutionEvent.Init) {
        encoder.ping(entry.epochMillis());
      }
    }
    boolean over = batch.getLast().event().terminal();
    if (!over) {
      pingWhenDue(encoder);
    }
    return over;
  }

  private void whileIdle(EventEncoder encoder) throws IOException {
    if (reader.isClosed()) {
      throw new IOException("the client is gone");
    }
    if (options.partialLines()) {
      encoder.sendUnfinishedLines();
    }
    pingWhenDue(encoder);
  }

  private void pingWhenDue(EventEncoder encoder) throws IOException {
    if (System.nanoTime() - nextPing >= 0) {
      nextPing += PING_NANOS;
      encoder.ping(System.currentTimeMillis());
    }
  }

  private long patience(EventEncoder encoder) {
    long untilPing = Math.max(1, nextPing - System.nanoTime());
    boolean promptSoon = options.partialLines() && encoder.hasUnfinishedLine();
    return promptSoon ? Math.min(untilPing, IDLE_LINE_NANOS) : untilPing;
  }
}
