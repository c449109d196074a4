package io.execd.http.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.server.AfterServiceListener;
import org.glassfish.grizzly.http.server.Request;

/** Counts the requests whose answers have not left the process yet. */
final class Activity implements AfterServiceListener {
  private final AtomicInteger running = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private volatile boolean stopping;

  /** Counts a request until the last byte of its answer is in the kernel or its client is gone. */
  void begin(Request request) {
    running.incrementAndGet();
    ConnectionLoad.of(request.getContext().getConnection()).serving();
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
    ConnectionLoad load = ConnectionLoad.of(request.getContext().getConnection());
    load.answered();
    request.getContext().notifyDownstream(TransportFilter.createFlushEvent(new Sent(load)));
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

  /** Hears that the answer is in the kernel, or never will be. */
  private final class Sent extends EmptyCompletionHandler<Object> {
    private final ConnectionLoad load;

    Sent(ConnectionLoad load) {
      this.load = load;
    }

    @Override
    public void completed(Object result) {
      over();
    }

    @Override
    public void cancelled() {
      over();
    }

    @Override
    public void failed(Throwable cause) {
      over();
    }

    private void over() {
      load.served();
      ended();
    }
  }
}
