package io.execd.os.command;

import io.execd.domain.command.ExitStatus;
import io.execd.domain.command.RunningProcess;
import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.Linux.Death;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One process as the loop sees it. The port's calls only leave word with the loop; everything else
 * runs on the loop's thread, so that a signal and the reaping never cross.
 */
final class LinuxProcess implements RunningProcess {
  /** A shell exits with this and the number of the signal that ended its last command. */
  private static final int SHELL_TELLS_SIGNALS = 128;

  /** Where a process is between its start and its reaping. */
  private enum State {
    RUNNING,
    /** SIGTERM is sent; the grace time runs. */
    TERMINATING,
    /** SIGKILL is sent; the end is near. */
    KILLED,
    /** The leader has ended and been told of; the grace time of its group still runs. */
    LINGERING,
    /** Reaped: the ids may be anybody's. */
    GONE
  }

  private final ProcessLoop loop;
  private final long id;
  private final ProcessGroup group;
  private final List<OutputPipe> pipes;
  private final SafeObserver observer;
  private final AtomicBoolean resuming = new AtomicBoolean();
  private final long killsBefore;

  /** Of the loop's thread. */
  private State state = State.RUNNING;

  LinuxProcess(
      ProcessLoop loop,
      long id,
      ProcessGroup group,
      List<OutputPipe> pipes,
      SafeObserver observer) {
    this.loop = loop;
    this.id = id;
    this.group = group;
    this.pipes = List.copyOf(pipes);
    this.observer = observer;
    this.killsBefore = loop.outOfMemoryKills().sample();
  }

  @Override
  public void terminate(Duration grace) {
    loop.post(() -> terminateNow(grace));
  }

  @Override
  public void kill() {
    loop.post(this::killNow);
  }

  @Override
  public void resumeOutput() {
    if (resuming.compareAndSet(false, true)) {
      loop.post(this::resumeNow);
    }
  }

  private void resumeNow() {
    resuming.set(false);
    pipes.forEach(OutputPipe::resume);
  }

  /** On the launching thread, before any call of the loop's on the pipes. */
  void start() throws ErrnoException {
    for (OutputPipe pipe : pipes) {
      pipe.start();
    }
  }

  private void terminateNow(Duration grace) {
    switch (state) {
      case RUNNING -> {
        group.terminate();
        state = State.TERMINATING;
        loop.after(grace, this::killNow);
      }
      case TERMINATING -> loop.after(grace, this::killNow);
      case KILLED, LINGERING, GONE -> {}
    }
  }

  /** At the caller's wish, or because the grace time is over. */
  void killNow() {
    switch (state) {
      case RUNNING, TERMINATING -> {
        group.kill();
        state = State.KILLED;
      }
      case LINGERING -> {
        group.kill();
        reap();
      }
      case KILLED, GONE -> {}
    }
  }

  /** The leader has ended, as its descriptor tells. */
  void ended() throws ErrnoException {
    Optional<Death> death = state == State.GONE ? Optional.empty() : group.death();
    if (death.isEmpty()) {
      return;
    }
    ExitStatus status = status(death.get());
    pipes.forEach(pipe -> pipe.drain(observer));
    observer.exited(status);
    loop.ignoreEnd(group);
    switch (state) {
      case TERMINATING -> state = State.LINGERING;
      case RUNNING -> reap();
      case KILLED -> {
        // Once more: what an ancestor had just started when it was killed is an orphan now.
        group.kill();
        reap();
      }
      case LINGERING, GONE -> {}
    }
    resumeNow();
    settle();
  }

  private ExitStatus status(Death death) {
    return death.signaled()
        ? new ExitStatus.Signaled(death.status(), death.coreDumped(), outOfMemory(death))
        : new ExitStatus.Exited(death.status(), outOfMemory(death));
  }

  /** Killed, or a shell that tells of one of its own that was, by the kernel and not by us. */
  private boolean outOfMemory(Death death) {
    int killed = death.signaled() ? Linux.SIGKILL : SHELL_TELLS_SIGNALS + Linux.SIGKILL;
    return death.status() == killed
        && state != State.KILLED
        && loop.outOfMemoryKills().explains(killsBefore);
  }

  private void reap() {
    state = State.GONE;
    group.reap();
    settle();
  }

  void readable(int pipe) {
    pipes.get(pipe).readable(observer);
    settle();
  }

  /** Lets go once there is nothing left to watch. */
  private void settle() {
    if (reaped() && pipes.stream().noneMatch(OutputPipe::open)) {
      loop.forget(id);
    }
  }

  boolean reaped() {
    return state == State.GONE;
  }

  /** Whether it is this process that has the id, dead or alive. */
  boolean has(int pid) {
    return !reaped() && group.pid() == pid;
  }

  void closePipes() {
    pipes.forEach(OutputPipe::close);
  }
}
