package io.execd.http.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.server.AfterServiceListener;
import org.glassfish.grizzly.http.server.Request;

/** Counts the requests whose answers have not left the process yet. */
final class Activity extends EmptyCompletionHandler<Object> implements AfterServiceListener {
  private final AtomicInteger running = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final FilterChainEvent flush = TransportFilter.createFlushEvent(this);
  private volatile boolean stopping;

  /** Counts a request until the last byte of its answer is in the kernel or its client is gone. */
  void begin(Request request) {
    running.incrementAndGet();
    request.addAfterServiceListener(this);
  }

  boolean isStopping() {
    return stopping;
  }

  void stop() {
    stopping = true;
  }

  /** Waits until nothing runs, or the time is over. */
  void awaitIdle(Duration longest) throws InterruptedException {
    long nanos = longest.toNanos();
    lock.lock();
    try {
      while (running.get() > 0 && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onAfterService(Request request) {
    request.getContext().notifyDownstream(flush);
  }

  @Override
  public void completed(Object result) {
    ended();
  }

  @Override
  public void cancelled() {
    ended();
  }

  @Override
  public void failed(Throwable cause) {
    ended();
  }

  private void ended() {
    if (running.decrementAndGet() == 0 && stopping) {
      lock.lock();
      try {
        idle.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
