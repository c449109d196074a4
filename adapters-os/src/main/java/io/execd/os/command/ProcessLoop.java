package io.execd.os.command;

import io.execd.domain.stream.OutputSource;
import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.Poller;
import io.execd.os.nativecall.ReadBuffer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that reads, signals and reaps for all processes. Each turn reads at most one
 * buffer of each pipe, so a process that floods takes nothing from the others.
 */
final class ProcessLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProcessLoop.class.getName());
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private static final List<OutputSource> SOURCES =
      List.of(OutputSource.STDOUT, OutputSource.STDERR);

  /** The low bits of a poller key tell what of a process is ready: its end, or a pipe. */
  private static final int KEY_BITS = 2;

  private static final int KEY_MASK = (1 << KEY_BITS) - 1;

  private final OutputPipe.Tools tools;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, LinuxProcess> processes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final OutOfMemoryKills outOfMemoryKills = new OutOfMemoryKills();
  private final Deadlines deadlines = new Deadlines();
  private final OrphanReaper orphans;
  private final Thread thread;

  /** Guards {@link #ended} against a use of the poller after its end. */
  private final ReentrantLock gate = new ReentrantLock();

  private boolean ended;
  private volatile boolean closing;
  private volatile Runnable onSignal = () -> {};

  ProcessLoop(Linux linux) throws ErrnoException {
    this.tools = new OutputPipe.Tools(linux, new Poller(linux), new ReadBuffer(linux));
    this.orphans = new OrphanReaper(linux, this::after, this::owns);
    linux.adoptOrphans();
    tools.poller().tellEndsOfChildren();
    commands.add(orphans::look);
    this.thread = Thread.ofPlatform().daemon().name("execd-processes").start(this::run);
  }

  boolean closed() {
    return closing;
  }

  /**
   * Watches a child from now on. Where that cannot be done, the child is killed and reaped. For any
   * thread.
   *
   * @return empty once closed
   */
  Optional<LinuxProcess> watch(ProcessGroup group, List<Integer> readEnds, SafeObserver observer)
      throws ErrnoException {
    long id = ids.getAndIncrement();
    List<OutputPipe> pipes = pipes(id, readEnds);
    LinuxProcess process = new LinuxProcess(this, id, group, pipes, observer);
    boolean watched = false;
    try {
      watched = add(process, id, group);
    } finally {
      if (!watched) {
        processes.remove(id);
        group.discard();
      }
    }
    return watched ? Optional.of(process) : Optional.empty();
  }

  private boolean add(LinuxProcess process, long id, ProcessGroup group) throws ErrnoException {
    gate.lock();
    try {
      if (closing) {
        return false;
      }
      processes.put(id, process);
      process.start();
      // Last: once the end is told, the loop closes pipes, and their numbers may be given anew.
      tools.poller().add(group.descriptor(), key(id, 0));
      return true;
    } finally {
      gate.unlock();
    }
  }

  private List<OutputPipe> pipes(long id, List<Integer> readEnds) {
    List<OutputPipe> pipes = new ArrayList<>();
    for (int descriptor : readEnds) {
      OutputSource source = SOURCES.get(pipes.size());
      pipes.add(new OutputPipe(tools, source, descriptor, key(id, pipes.size() + 1)));
    }
    return pipes;
  }

  private static long key(long id, int part) {
    return id << KEY_BITS | part;
  }

  /** Runs the action on the loop's thread, soon. For any thread; dropped after the end. */
  void post(Runnable action) {
    gate.lock();
    try {
      if (!ended) {
        commands.add(action);
        tools.poller().wake();
      }
    } finally {
      gate.unlock();
    }
  }

  /** Runs the action, which may block, at each of these signals to this process. */
  void onSignals(List<Integer> signals, Runnable action) {
    onSignal = action;
    tools.poller().tellSignals(signals);
  }

  void after(Duration delay, Runnable action) {
    deadlines.after(delay, action);
  }

  OutOfMemoryKills outOfMemoryKills() {
    return outOfMemoryKills;
  }

  /** The end of this child is known: a zombie's descriptor would be readable for ever. */
  void ignoreEnd(ProcessGroup group) {
    tools.poller().remove(group.descriptor());
  }

  void forget(long id) {
    processes.remove(id);
  }

  private boolean owns(int pid) {
    return processes.values().stream().anyMatch(process -> process.has(pid));
  }

  private void run() {
    while (!done()) {
      guarded(this::turn);
    }
    finish();
  }

  private boolean done() {
    return closing && processes.values().stream().allMatch(LinuxProcess::reaped);
  }

  private void turn() throws ErrnoException {
    int ready = tools.poller().await(deadlines.millisToNext());
    boolean childEnded = false;
    for (int i = 0; i < ready; i++) {
      long key = tools.poller().key(i);
      childEnded |= key == Poller.CHILD_ENDED;
      guarded(() -> handle(key));
    }
    if (childEnded) {
      // Last: our own are mostly reaped by now.
      guarded(orphans::look);
    }
    runAll(commands::poll);
    runAll(deadlines::pollDue);
  }

  private static void runAll(Supplier<@Nullable Runnable> source) {
    for (Runnable next = source.get(); next != null; next = source.get()) {
      guarded(next::run);
    }
  }

  /** What fails for one process, even for want of memory, is no reason to forget the others. */
  private static void guarded(Step step) {
    try {
      step.run();
    } catch (RuntimeException | ErrnoException e) {
      LOG.log(Level.ERROR, "a step of the process loop failed", e);
    }
  }

  private interface Step {
    void run() throws ErrnoException;
  }

  private void handle(long key) throws ErrnoException {
    LinuxProcess process = processes.get(key >> KEY_BITS);
    int part = (int) (key & KEY_MASK);
    if (key == Poller.SIGNAL) {
      Thread.ofVirtual().name("execd-signal").start(onSignal);
    }
    if (key < 0 || process == null) {
      return;
    }
    if (part == 0) {
      process.ended();
    } else {
      process.readable(part - 1);
    }
  }

  private void finish() {
    orphans.close();
    processes.values().forEach(LinuxProcess::closePipes);
    gate.lock();
    try {
      ended = true;
      tools.poller().close();
    } finally {
      gate.unlock();
    }
    tools.buffer().close();
  }

  @Override
  public void close() {
    gate.lock();
    try {
      closing = true;
    } finally {
      gate.unlock();
    }
    post(() -> processes.values().forEach(LinuxProcess::killNow));
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
