package io.execd.domain.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.stream.OutputSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs as far as a test lets it. Its observer is called on whatever thread acts, by
 * one at a time.
 */
public final class FakeProcess implements RunningProcess {
  private static final class Piece {
    private final OutputSource source;
    private final byte[] bytes;

    Piece(OutputSource source, byte[] bytes) {
      this.source = source;
      this.bytes = bytes;
    }

    Piece first(int count) {
      return new Piece(source, Arrays.copyOf(bytes, count));
    }

    Piece after(int count) {
      return new Piece(source, Arrays.copyOfRange(bytes, count, bytes.length));
    }
  }

  private final LaunchSpec spec;
  private final ProcessObserver observer;
  private final @Nullable FakeLog log;

  /** Guards all fields below. */
  private final Object lock = new Object();

  private final Deque<Piece> pipe = new ArrayDeque<>();
  private final List<Duration> terminations = new ArrayList<>();
  private @Nullable ExitStatus end;
  private boolean told;
  private boolean killed;
  private boolean ignoresTermination;
  private boolean delivering;
  private boolean again;

  FakeProcess(LaunchSpec spec, ProcessObserver observer, @Nullable FakeLog log) {
    this.spec = spec;
    this.observer = observer;
    this.log = log;
  }

  /** What was asked for. */
  public LaunchSpec spec() {
    return spec;
  }

  /** The program writes. What the observer has no room for waits. */
  public void emit(OutputSource source, String text) {
    emit(source, text.getBytes(UTF_8));
  }

  public void emit(OutputSource source, byte[] bytes) {
    FakeLog file = log;
    if (file != null) {
      file.write(bytes);
      return;
    }
    synchronized (lock) {
      if (end == null) {
        pipe.add(new Piece(source, bytes.clone()));
      }
    }
    deliver();
  }

  /** The program ends; nothing happens if it already has. */
  public void exit(ExitStatus status) {
    synchronized (lock) {
      end = end == null ? status : end;
    }
    deliver();
  }

  /** Its end by SIGTERM is up to the test from now on. */
  public void ignoreTermination() {
    synchronized (lock) {
      ignoresTermination = true;
    }
  }

  /** The grace times of all calls of {@link #terminate} while it ran. */
  public List<Duration> terminations() {
    synchronized (lock) {
      return List.copyOf(terminations);
    }
  }

  /** Whether {@link #kill} was called while it ran, or a grace time was over. */
  public boolean killed() {
    synchronized (lock) {
      return killed;
    }
  }

  public boolean running() {
    synchronized (lock) {
      return end == null;
    }
  }

  /** Ends it with SIGTERM; one that ignores that ends with SIGKILL when the test says so. */
  @Override
  public void terminate(Duration grace) {
    boolean ignored;
    synchronized (lock) {
      if (end != null) {
        return;
      }
      terminations.add(grace);
      ignored = ignoresTermination;
    }
    if (!ignored) {
      exit(new Signaled(15, false, false));
    }
  }

  /** The grace time is over. */
  public void graceIsOver() {
    kill();
  }

  @Override
  public void kill() {
    synchronized (lock) {
      killed |= end == null;
    }
    exit(new Signaled(9, false, false));
  }

  @Override
  public void resumeOutput() {
    deliver();
  }

  /** Hands on what the observer takes. A call that comes while another is at work is left to it. */
  private void deliver() {
    synchronized (lock) {
      again = true;
      if (delivering) {
        return;
      }
      delivering = true;
    }
    while (more()) {
      handOn();
    }
  }

  private boolean more() {
    synchronized (lock) {
      delivering = again;
      again = false;
      return delivering;
    }
  }

  private void handOn() {
    Piece piece = next(ended() ? Integer.MAX_VALUE : room());
    while (piece != null) {
      observer.output(piece.source, piece.bytes);
      piece = next(ended() ? Integer.MAX_VALUE : room());
    }
    ExitStatus status = endToTell();
    if (status != null) {
      observer.exited(status);
    }
  }

  private int room() {
    synchronized (lock) {
      if (pipe.isEmpty()) {
        return 0;
      }
    }
    return observer.room();
  }

  private boolean ended() {
    synchronized (lock) {
      return end != null;
    }
  }

  private @Nullable Piece next(int room) {
    synchronized (lock) {
      Piece first = room <= 0 ? null : pipe.poll();
      if (first == null || first.bytes.length <= room) {
        return first;
      }
      pipe.addFirst(first.after(room));
      return first.first(room);
    }
  }

  private @Nullable ExitStatus endToTell() {
    synchronized (lock) {
      if (told || end == null || !pipe.isEmpty()) {
        return null;
      }
      told = true;
      return end;
    }
  }

  /** A log in memory. */
  static final class FakeLog implements OutputLog {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    synchronized void write(byte[] more) {
      bytes.writeBytes(more);
    }

    @Override
    public synchronized long size() {
      return closed ? 0 : bytes.size();
    }

    @Override
    public void copy(long from, long to, OutputStream sink) throws IOException {
      byte[] all;
      synchronized (this) {
        all = bytes.toByteArray();
      }
      sink.write(all, (int) from, (int) (to - from));
    }

    @Override
    public synchronized void close() {
      closed = true;
    }
  }
}
