package io.execd.jupyter.code;

import io.execd.domain.Failure;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.code.Language;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.jupyter.wire.WebSocket;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A kernel in a session of a Jupyter server, with the one connection to it. */
final class JupyterKernel implements Kernel, KernelConnection.Owner {
  private static final Logger LOG = System.getLogger(JupyterKernel.class.getName());
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final JupyterRest rest;
  private final JupyterRest.Session session;
  private final JupyterServer.Life server;
  private final KernelWatch watch;
  private final AtomicBoolean closed = new AtomicBoolean();

  // Replaced by whoever executes; that is one at a time. Anybody may read them.
  private volatile @Nullable KernelConnection connection;
  private volatile @Nullable Execution current;

  /** Set by the reading thread, cleared by whoever executes. */
  private volatile boolean restarted;

  /** Whether the next execution is the first one of a kernel that was started again. */
  private boolean fresh;

  /** What is sent to run code; it may be sent more than once, with a new id each time. */
  private interface Request {
    Outgoing under(String id);
  }

  JupyterKernel(
      JupyterRest rest, JupyterRest.Session session, JupyterServer.Life server, KernelWatch watch) {
    this.rest = rest;
    this.session = session;
    this.server = server;
    this.watch = watch;
  }

  @Override
  public ContextId id() {
    return new ContextId(session.id());
  }

  @Override
  public Optional<String> lost() {
    return server.over();
  }

  /** Waits for the first sign of life. */
  void awaitStart(Duration patience) {
    connect(patience);
  }

  /** Takes a kernel that nobody uses yet into a folder, if its language can say that. */
  void enter(Language language, String directory) {
    FolderChange.statement(language, directory)
        .ifPresent(statement -> {
          FolderChange change = new FolderChange();
          execute(id -> Outgoing.executeSilently(id, statement), change);
          change.await(directory, CONNECTING);
        });
  }

  @Override
  public void execute(String code, KernelObserver observer) {
    execute(id -> Outgoing.execute(id, code), observer);
  }

  private void execute(Request request, KernelObserver observer) {
    KernelConnection open = connect(CONNECTING);
    if (fresh) {
      fresh = false;
      observer.event(new ExecutionEvent.Status("restarted"));
    }
    try {
      begin(open, request, observer);
    } catch (IOException brokenMeanwhile) {
      open.close();
      beginAnew(request, observer);
    }
  }

  /** What could not be sent was not run: it may go over a new connection. */
  private void beginAnew(Request request, KernelObserver observer) {
    connection = null;
    try {
      begin(connect(CONNECTING), request, observer);
    } catch (IOException broken) {
      throw rest.unreachable(broken);
    }
  }

  private void begin(KernelConnection open, Request request, KernelObserver observer)
      throws IOException {
    Execution execution =
        new Execution(observer, open, again -> watch.soon(again, () -> send(open, again, request)));
    current = execution;
    try {
      open.send(request.under(execution.id()));
    } catch (IOException broken) {
      current = null;
      throw broken;
    }
    execution.sent();
    watch.watch(execution, rest, session.kernelId());
    if (open.isBroken()) {
      execution.end(new KernelEnd.Died("the connection to Jupyter broke", false));
    }
  }

  private static void send(KernelConnection open, Execution again, Request request) {
    try {
      open.send(request.under(again.id()));
    } catch (IOException broken) {
      again.end(new KernelEnd.Died("the connection to Jupyter broke", false));
    }
  }

  @Override
  public void resume() {
    Execution execution = current;
    if (execution != null) {
      execution.resume();
    }
  }

  @Override
  public CompletableFuture<Void> interrupt() {
    Execution execution = current;
    if (execution == null || execution.isOver()) {
      return CompletableFuture.completedFuture(null);
    }
    execution.interrupted();
    return CompletableFuture.runAsync(this::interruptNow, task -> Thread.ofVirtual().start(task));
  }

  private void interruptNow() {
    rest.interrupt(session.kernelId());
    wake();
  }

  /**
   * Has the kernel's event loop run once: ipykernel notices a signal that comes during a top-level
   * await only when its loop has something to do.
   */
  private void wake() {
    KernelConnection open = connection;
    try {
      if (open != null) {
        open.send(Outgoing.kernelInfo(UUID.randomUUID().toString()));
      }
    } catch (IOException broken) {
      open.close(); // the execution ends with its connection
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    KernelConnection open = connection;
    if (open != null) {
      open.close();
    }
    try {
      rest.deleteSession(session.id());
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "the session {0} could not be ended: {1}", id().value(), failed);
    }
  }

  /** Gives the connection that is there, or makes it anew, and waits for the kernel if need be. */
  private KernelConnection connect(Duration patience) {
    KernelConnection open = connection;
    if (open != null && !open.isBroken() && !restarted) {
      return open;
    }
    server
        .over()
        .ifPresent(reason -> {
          throw new Failure(Failure.Code.CONTEXT_NOT_FOUND, reason);
        });
    try {
      if (open == null || open.isBroken()) {
        open = KernelConnection.open(rest.endpoint(), session.kernelId(), this, patience);
        connection = open;
      }
      fresh |= restarted;
      restarted = false;
      open.awaitKernel(patience);
      return open;
    } catch (WebSocket.RefusedException refused) {
      throw gone(refused.status());
    } catch (IOException broken) {
      throw rest.unreachable(broken);
    }
  }

  private Failure gone(int status) {
    return status == 404
        ? new Failure(
            Failure.Code.CONTEXT_NOT_FOUND,
            "the Jupyter server does not know the kernel of '" + id().value() + "' any more")
        : rest.refused(status, "");
  }

  @Override
  public void message(String type, String parent, JsonScanner content) throws IOException {
    Execution execution = current;
    if (execution != null && execution.id().equals(parent) && !type.equals("input_request")) {
      execution.message(type, content);
    } else if (execution != null && execution.isProbedBy(parent)) {
      content.skip();
      execution.probed(type);
    } else if (type.equals("status")) {
      state(KernelStatus.read(content), execution);
    } else {
      content.skip();
      answer(type, parent);
    }
  }

  /** Whoever asks for input learns that there is none. */
  private void answer(String type, String parent) throws IOException {
    KernelConnection open = connection;
    if (type.equals("input_request") && open != null) {
      open.send(Outgoing.noInput(UUID.randomUUID().toString(), parent));
    }
  }

  private void state(String state, @Nullable Execution execution) {
    boolean dead = KernelStatus.dead(state);
    if (!dead && !KernelStatus.restarts(state)) {
      return;
    }
    restarted = true;
    if (execution != null) {
      String reason =
          "the kernel died" + (dead ? "" : "; Jupyter starts it again, without its state");
      execution.end(new KernelEnd.Died(reason, dead));
    }
  }

  @Override
  public void unreadable(UnreadableException message) {
    Execution execution = current;
    String parent = message.parent();
    if (execution != null && (parent.isEmpty() || parent.equals(execution.id()))) {
      execution.unreadable(String.valueOf(message.getMessage()));
    }
  }

  @Override
  public void broken(KernelConnection which, IOException reason) {
    Execution execution = current;
    boolean replaced = !which.equals(connection);
    if (replaced || (execution != null && !execution.isSent())) {
      return; // the sender will notice, or there is another connection already
    }
    if (execution != null && !closed.get()) {
      execution.end(
          new KernelEnd.Died("the connection to Jupyter broke: " + reason.getMessage(), false));
    } else if (execution != null) {
      execution.end(new KernelEnd.Died("the context was closed", true));
    }
  }
}
