package io.execd.jupyter.code;

import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.OutputSource;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request to run code. It is over when both the reply and the kernel's idle have
 * come, in whichever order, or when somebody says that they will not. Messages are read by one
 * thread; anybody may end it.
 */
final class Execution {
  private static final int NAME_BYTES = 4096;

  /** A server that hears nothing closes the connection after 30 s at the earliest. */
  private static final long SIGN_OF_LIFE_SECONDS = 10;

  /** A kernel that looks for what to abort after an error may abort us, but not for long. */
  private static final int ATTEMPTS = 20;

  private final KernelObserver observer;
  private final Consumer<Execution> again;
  private final Runnable signOfLife;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Semaphore resumed = new Semaphore(0);

  private volatile @Nullable Future<?> nextLook;

  // Written by the reading thread alone.
  private volatile long lastMessageNanos = System.nanoTime();
  private volatile boolean waits;
  private volatile boolean idle;
  private volatile boolean replied;
  private volatile @Nullable KernelEnd raised;
  private volatile String id = newId();
  private int count;
  private int attempts;
  private boolean aborted;

  /** Written by whoever sends it. */
  private volatile boolean sent;

  /** Written by whoever interrupts. */
  private volatile boolean interrupted;

  /**
   * One with a new id.
   *
   * @param signOfLife called now and then while nothing is read
   * @param again sends the request once more, under the id that it has now, a little later
   */
  Execution(KernelObserver observer, Runnable signOfLife, Consumer<Execution> again) {
    this.observer = observer;
    this.signOfLife = signOfLife;
    this.again = again;
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
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
    return idle != replied;
  }

  /** Whether nothing has come for so long though we listened. */
  boolean silentFor(long nanos) {
    return !waits && System.nanoTime() - lastMessageNanos >= nanos;
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
      Future<?> look = nextLook;
      if (look != null) {
        look.cancel(false);
      }
      resumed.release();
      observer.ended(end);
    }
  }

  /** What has come is all that will. */
  void settle() {
    KernelEnd error = raised;
    end(error == null ? new KernelEnd.Finished() : error);
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
    if (idle && replied) {
      settleOrRepeat();
    }
  }

  /** Code that was aborted before it began was not run at all: nothing is done twice. */
  private void settleOrRepeat() {
    if (!aborted || count > 0 || interrupted || ++attempts > ATTEMPTS) {
      settle();
      return;
    }
    aborted = false;
    idle = false;
    replied = false;
    raised = null;
    id = newId();
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
    idle |= state.equals("idle");
  }

  private void executeInput(JsonScanner content) throws IOException {
    content.object(name -> {
      if (name.equals("execution_count")) {
        counted(content.number());
      } else {
        content.skip();
      }
    });
  }

  private void counted(int number) throws IOException {
    if (count == 0 && number > 0) {
      count = number;
      send(new ExecutionEvent.Count(number));
    }
  }

  private void error(JsonScanner content) throws IOException {
    raised = Told.read(content).raised();
  }

  private void reply(JsonScanner content) throws IOException {
    Told told = Told.read(content, () -> page(content));
    counted(told.count());
    replied = true;
    aborted = told.aborted();
    if (raised == null && (told.failed() || aborted)) {
      raised = told.raised();
    }
  }

  /**
   * Takes one element of a reply's payload. Only a page, such as the help of {@code len?}, has
   * data; the others ask a notebook to change its own cells, and there is none.
   */
  private void page(JsonScanner content) throws IOException {
    try (ResultBuilder result = new ResultBuilder(this::send)) {
      content.object(name -> {
        if (name.equals("data")) {
          content.object(mimeType -> result.value(mimeType, content));
        } else {
          content.skip();
        }
      });
      result.send();
      awaitRoom();
    }
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
          signOfLife.run();
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
