package io.execd.jupyter.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does at once what it is to do later, and remembers how much later. */
final class RecordingTimer extends ScheduledThreadPoolExecutor {
  private final List<Long> pauses = new CopyOnWriteArrayList<>();
  private volatile boolean held;

  RecordingTimer() {
    super(1);
  }

  /** In milliseconds. */
  List<Long> pauses() {
    return pauses;
  }

  /** From now on it takes its time. */
  void hold() {
    held = true;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    pauses.add(unit.toMillis(delay));
    return super.schedule(task, held ? delay : 0, unit);
  }
}
