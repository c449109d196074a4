package io.execd.jupyter.code;

import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.OutputSource;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request to run code. It is over when its {@link Ending} is complete, or when it
 * is known that this will not happen. Messages are read by one thread; any thread may end it.
 */
final class Execution {
  private static final int NAME_BYTES = 4096;
  private static final String PAGE = "page";

  /** A server that hears nothing closes the connection after 30 s at the earliest. */
  private static final long SIGN_OF_LIFE_SECONDS = 10;

  /** A kernel that looks for what to abort after an error may abort us, but not for long. */
  private static final int ATTEMPTS = 20;

  private final KernelObserver observer;
  private final Consumer<Execution> again;
  private final KernelConnection link;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Semaphore resumed = new Semaphore(0);

  private volatile @Nullable Future<?> nextLook;

  // Written by the reading thread alone.
  private volatile long lastMessageNanos = System.nanoTime();
  private volatile boolean waits;
  private volatile Ending ending = new Ending();
  private volatile String id = Outgoing.newId();
  private int count;
  private int attempts;

  /** Written by whoever sends it. */
  private volatile boolean sent;

  /** Written by whoever interrupts. */
  private volatile boolean interrupted;

  /**
   * One with a new id.
   *
   * @param link hears a sign of life now and then while nothing is read
   * @param again sends the request once more, under the id that it has now, a little later
   */
  Execution(KernelObserver observer, KernelConnection link, Consumer<Execution> again) {
    this.observer = observer;
    this.link = link;
    this.again = again;
  }

  /** The request is on its way. */
  void sent() {
    sent = true;
  }

  boolean isSent() {
    return sent;
  }

  /** It is to end, and not to be sent again. */
  void interrupted() {
    interrupted = true;
  }

  String id() {
    return id;
  }

  boolean isOver() {
    return over.get();
  }

  /** Whether only one of the two messages that end it has come. */
  boolean isHalfOver() {
    return ending.isHalf();
  }

  /** Whether not a byte has come for so long though we listened. */
  boolean silentFor(long nanos) {
    long now = System.nanoTime();
    return !waits && now - lastMessageNanos >= nanos && now - link.lastReadNanos() >= nanos;
  }

  /** When the last of its messages came: differs whenever there was another one. */
  long lastMessageNanos() {
    return lastMessageNanos;
  }

  /**
   * Asks the kernel something else. Its channels keep their order: when it answers that on the
   * channel of the message that is missing, the message is lost.
   */
  void probe() {
    try {
      link.send(Outgoing.kernelInfo(probeId()));
    } catch (IOException broken) {
      link.close();
    }
  }

  boolean isProbedBy(String request) {
    return request.equals(probeId());
  }

  private String probeId() {
    return id + "-probe";
  }

  /** Takes a message that answers a probe. */
  void probed(String type) {
    boolean lost = type.equals("status") ? !ending.isIdle() : !ending.isReplied();
    if (lost && ending.isHalf()) {
      settle();
    }
  }

  /** Notes that a message of it, or of an unknown execution, could not be read. */
  void unreadable(String reason) {
    ending.unreadable(reason);
  }

  /** The next look after it, which is not needed when it ends before. */
  void watchedBy(Future<?> look) {
    nextLook = look;
    if (over.get()) {
      look.cancel(false);
    }
  }

  /** Ends it, unless it has ended. */
  void end(KernelEnd end) {
    if (over.compareAndSet(false, true)) {
      conclude(end);
    }
  }

  private void conclude(KernelEnd end) {
    Future<?> look = nextLook;
    if (look != null) {
      look.cancel(false);
    }
    resumed.release();
    observer.ended(end);
  }

  /** Ends it: what has come is all that will. */
  void settle() {
    end(ending.told());
  }

  /** Does the same, and closes the connection, on which even the answers to probes are missing. */
  void giveUp() {
    if (over.compareAndSet(false, true)) {
      link.close();
      conclude(ending.told());
    }
  }

  void resume() {
    resumed.release();
  }

  /** Takes a message that answers this request. */
  void message(String type, JsonScanner content) throws IOException {
    lastMessageNanos = System.nanoTime();
    switch (type) {
      case "stream" -> stream(content);
      case "execute_result", "display_data", "update_display_data" -> result(type, content);
      case "status" -> status(content);
      case "execute_input" -> executeInput(content);
      case "error" -> error(content);
      case "execute_reply" -> reply(content);
      default -> content.skip();
    }
    lastMessageNanos = System.nanoTime();
    if (ending.isComplete()) {
      settleOrRepeat();
    }
  }

  /** Code that was aborted before it began was not run at all: nothing is done twice. */
  private void settleOrRepeat() {
    if (!ending.isAborted() || count > 0 || interrupted || ++attempts > ATTEMPTS) {
      settle();
      return;
    }
    ending = new Ending();
    id = Outgoing.newId();
    again.accept(this);
  }

  private void stream(JsonScanner content) throws IOException {
    OutputSource[] source = {OutputSource.STDOUT};
    TextCutter text = new TextCutter(piece -> send(new ExecutionEvent.Text(source[0], piece)));
    content.object(name -> {
      switch (name) {
        case "name" ->
            source[0] =
                content.string(NAME_BYTES).equals("stderr")
                    ? OutputSource.STDERR
                    : OutputSource.STDOUT;
        case "text" -> content.text(text);
        default -> content.skip();
      }
    });
    byte[] rest = text.rest();
    if (rest.length > 0) {
      send(new ExecutionEvent.Text(source[0], rest));
    }
  }

  /**
   * Takes a result, a display or one element of a reply's payload. Of those only a page, such as
   * the help of {@code len?}, has data; the others ask a notebook to change its own cells.
   */
  private void result(String type, JsonScanner content) throws IOException {
    try (ResultBuilder result = new ResultBuilder(this::send)) {
      if (type.equals("execute_result")) {
        result.count(count);
      }
      content.object(name -> {
        switch (name) {
          case "data" -> content.object(mimeType -> result.value(mimeType, content));
          case "execution_count" -> counted(content.number());
          default -> content.skip();
        }
      });
      if (type.equals("execute_result")) {
        result.count(count);
      }
      result.send();
      awaitRoom();
    }
  }

  private void status(JsonScanner content) throws IOException {
    String state = KernelStatus.read(content);
    send(new ExecutionEvent.Status(state));
    if (state.equals("idle")) {
      ending.idle();
    }
  }

  private void executeInput(JsonScanner content) throws IOException {
    counted(Told.read(content).count());
  }

  private void counted(int number) throws IOException {
    if (count == 0 && number > 0) {
      count = number;
      send(new ExecutionEvent.Count(number));
    }
  }

  private void error(JsonScanner content) throws IOException {
    ending.raised(Told.read(content));
  }

  private void reply(JsonScanner content) throws IOException {
    Told told = Told.read(content, () -> result(PAGE, content));
    counted(told.count());
    ending.replied(told);
  }

  private void send(ExecutionEvent event) throws IOException {
    awaitRoom();
    observer.event(event);
  }

  /** While the observer's client is behind, nothing is read, and the kernel's output waits. */
  private void awaitRoom() throws IOException {
    try {
      resumed.drainPermits();
      while (!over.get() && observer.room() == 0) {
        waits = true;
        if (!resumed.tryAcquire(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS)) {
          link.signOfLife();
        }
      }
    } catch (InterruptedException stopped) {
      throw new IOException("stopped", stopped);
    } finally {
      waits = false;
      lastMessageNanos = System.nanoTime();
    }
  }
}
