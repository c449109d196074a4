package io.execd.application.command;

import io.execd.domain.Failure;
import io.execd.domain.command.CommandId;
import io.execd.domain.command.OutputLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every command that runs, and those that ran, as long as {@link CommandLimits} keeps them. Owns
 * their logs. Thread-safe.
 */
final class CommandRegistry {
  private final CommandLimits limits;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  // All guarded by lock. The oldest end comes first.
  private final Map<CommandId, CommandRun> running = new HashMap<>();
  private final Map<CommandId, Finished> finished = new LinkedHashMap<>();
  private long finishedLogBytes;
  private long finishedChars;

  /**
   * @param logBytes what its log takes; 0 for none
   */
  private record Finished(CommandRun run, Instant at, long logBytes) {
    static Finished of(CommandRun run, Instant at) {
      return new Finished(run, at, run.log().map(Finished::size).orElse(0L));
    }

    private static long size(OutputLog log) {
      try {
        return log.size();
      } catch (Failure removed) {
        return 0;
      }
    }

    Finished withoutLog() {
      return new Finished(run, at, 0);
    }

    int chars() {
      return run.content().length();
    }
  }

  CommandRegistry(CommandLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  void add(CommandRun run) {
    lock.lock();
    try {
      running.put(run.id(), run);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a command that never came to be. */
  void remove(CommandRun run) {
    lock.lock();
    try {
      leaveRunning(run);
    } finally {
      lock.unlock();
    }
  }

  /** From now on the command may be forgotten. */
  void over(CommandRun run) {
    Finished end = Finished.of(run, clock.instant());
    lock.lock();
    try {
      leaveRunning(run);
      finished.put(run.id(), end);
      finishedChars += end.chars();
      finishedLogBytes += end.logBytes();
      expire();
    } finally {
      lock.unlock();
    }
  }

  Optional<CommandRun> find(CommandId id) {
    lock.lock();
    try {
      expire();
      return Optional.ofNullable(running.get(id))
          .or(() -> Optional.ofNullable(finished.get(id)).map(Finished::run));
    } finally {
      lock.unlock();
    }
  }

  List<CommandRun> running() {
    lock.lock();
    try {
      return List.copyOf(running.values());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs; false when the time is over first. */
  boolean awaitIdle(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (!running.isEmpty() && left > 0) {
        left = idle.awaitNanos(left);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is over and gives its logs back. */
  void clear() {
    lock.lock();
    try {
      finished.values().forEach(gone -> gone.run().forgetLog());
      finished.clear();
      finishedLogBytes = 0;
      finishedChars = 0;
    } finally {
      lock.unlock();
    }
  }

  private void leaveRunning(CommandRun run) {
    running.remove(run.id());
    if (running.isEmpty()) {
      idle.signalAll();
    }
  }

  private void expire() {
    Instant oldest = clock.instant().minus(limits.retentionTime());
    Iterator<Finished> oldestFirst = finished.values().iterator();
    while (oldestFirst.hasNext()) {
      Finished next = oldestFirst.next();
      if (!exceeds(next, oldest)) {
        break;
      }
      oldestFirst.remove();
      finishedChars -= next.chars();
      forgetLog(next);
    }
    if (logsExceed()) {
      expireLogs();
    }
  }

  /** A record outlives a log that there is no space for. */
  private void expireLogs() {
    for (Map.Entry<CommandId, Finished> next : finished.entrySet()) {
      if (next.getValue().logBytes() > 0 && logsExceed()) {
        forgetLog(next.getValue());
        next.setValue(next.getValue().withoutLog());
      }
    }
  }

  private boolean exceeds(Finished next, Instant oldest) {
    return next.at().isBefore(oldest)
        || finished.size() > limits.retainedCommands()
        || finishedChars > CommandLimits.RETAINED_CONTENT_CHARS;
  }

  private boolean logsExceed() {
    return finishedLogBytes > limits.retainedLogBytes();
  }

  private void forgetLog(Finished gone) {
    finishedLogBytes -= gone.logBytes();
    gone.run().forgetLog();
  }
}
