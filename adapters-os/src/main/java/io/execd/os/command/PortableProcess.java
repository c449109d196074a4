package io.execd.os.command;

import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.RunningProcess;
import io.execd.domain.stream.OutputSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process of {@link ProcessBuilder} with one thread that reads its output. The thread looks every
 * few milliseconds instead of blocking in a read: that read could not be ended when the process is
 * gone and a child of it still holds the pipe.
 */
final class PortableProcess implements RunningProcess {
  private static final System.Logger LOG = System.getLogger(PortableProcess.class.getName());
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int LOOK_MILLIS = 2;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  /** ProcessBuilder tells a death by a signal as an exit code of this and the signal's number. */
  private static final int SIGNAL_CODES = 128;

  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final Process process;
  private final SafeObserver observer;
  private final Set<PortableProcess> running;
  private final Thread thread;

  /** Guards the fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  /** All we ever found, so that those orphaned meanwhile are still known. */
  private final Set<ProcessHandle> family = new LinkedHashSet<>();

  private boolean terminated;
  private boolean killed;

  /**
   * @param running where this is a member until its end
   */
  PortableProcess(Process process, SafeObserver observer, Set<PortableProcess> running) {
    this.process = process;
    this.observer = observer;
    this.running = running;
    this.thread = Thread.ofPlatform().daemon().name("execd-process").unstarted(this::follow);
  }

  void start() {
    running.add(this);
    thread.start();
  }

  void join() {
    try {
      thread.join(JOIN_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void terminate(Duration grace) {
    if (!process.isAlive()) {
      return;
    }
    lock.lock();
    try {
      terminated = true;
      family().forEach(ProcessHandle::destroy);
    } finally {
      lock.unlock();
    }
    CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS)
        .execute(this::killFamily);
  }

  @Override
  public void kill() {
    if (process.isAlive()) {
      killFamily();
    }
  }

  private void killFamily() {
    lock.lock();
    try {
      killed = true;
      family().forEach(ProcessHandle::destroyForcibly);
    } finally {
      lock.unlock();
    }
  }

  /** A handle knows when its process began, so none signals a recycled id. */
  private Set<ProcessHandle> family() {
    process.descendants().forEach(family::add);
    family.add(process.toHandle());
    return family;
  }

  /** Nothing to do: the thread asks for room at every look. */
  @Override
  public void resumeOutput() {}

  private void follow() {
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      while (process.isAlive()) {
        look(out, err);
      }
      drain(OutputSource.STDOUT, out);
      drain(OutputSource.STDERR, err);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "lost output of a process", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    } finally {
      running.remove(this);
      observer.exited(status(process.exitValue()));
    }
  }

  private void look(InputStream out, InputStream err) throws IOException, InterruptedException {
    int size = read(OutputSource.STDOUT, out, observer.room());
    size += read(OutputSource.STDERR, err, observer.room());
    if (size == 0) {
      process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void drain(OutputSource source, InputStream in) throws IOException {
    int left = in.available();
    while (left > 0) {
      left -= Math.max(1, read(source, in, left));
    }
  }

  private int read(OutputSource source, InputStream in, int limit) throws IOException {
    int size = Math.min(Math.min(in.available(), limit), CHUNK_BYTES);
    if (size <= 0) {
      return 0;
    }
    byte[] bytes = in.readNBytes(size);
    observer.output(source, bytes);
    return bytes.length;
  }

  private ExitStatus status(int code) {
    lock.lock();
    try {
      boolean ours =
          (killed && code == SIGNAL_CODES + SIGKILL)
              || (terminated && code == SIGNAL_CODES + SIGTERM);
      return ours
          ? new ExitStatus.Signaled(code - SIGNAL_CODES, false, false)
          : new ExitStatus.Exited(code);
    } finally {
      lock.unlock();
    }
  }
}
