package io.execd.bootstrap.wiring;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The timer of all slices. An error of a task is not kept in its future, where nothing looks. */
final class SharedTimer extends ScheduledThreadPoolExecutor {
  SharedTimer() {
    super(1, Thread.ofPlatform().name("execd-timer").daemon().factory());
    setRemoveOnCancelPolicy(true);
  }

  @Override
  protected void afterExecute(@Nullable Runnable task, @Nullable Throwable thrown) {
    super.afterExecute(task, thrown);
    if (task instanceof Future<?> future
        && future.state() == Future.State.FAILED
        && future.exceptionNow() instanceof Error error) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    }
  }
}
