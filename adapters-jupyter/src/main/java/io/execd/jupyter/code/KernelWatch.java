package io.execd.jupyter.code;

import io.execd.domain.code.KernelEnd;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after kernels that run code and say nothing: one that was killed may not tell, and Jupyter
 * may be gone while its connection still looks alive. That is why it looks now and then.
 */
final class KernelWatch {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** So often in a row may the server fail to answer, or be done though we heard of no end. */
  private static final int STRIKES = 2;

  /**
   * So many probes in a row may stay without an answer that decides, each after a silence: that is
   * time for a message of hundreds of megabytes between a kernel and Jupyter, which we do not see.
   */
  private static final int PROBES = 10;

  private final ScheduledExecutorService timer;
  private final long settleNanos;

  /** What is known of one execution. Touched by one look at a time. */
  private final class Watched {
    private final Execution execution;
    private final JupyterRest rest;
    private final String kernelId;
    private int strikes;
    private int probes;
    private long heardNanos;

    Watched(Execution execution, JupyterRest rest, String kernelId) {
      this.execution = execution;
      this.rest = rest;
      this.kernelId = kernelId;
    }

    void later(long nanos) {
      execution.watchedBy(timer.schedule(this::tick, nanos, TimeUnit.NANOSECONDS));
    }

    private void tick() {
      if (execution.isOver()) {
        return;
      }
      long patience = execution.isHalfOver() ? settleNanos : LOOK_NANOS;
      if (execution.silentFor(patience)) {
        Thread.ofVirtual().name("kernel-watch").start(this::look);
      } else {
        strikes = 0;
        later(patience);
      }
    }

    private void look() {
      try {
        judge(rest.kernelState(kernelId));
      } catch (ConnectException gone) {
        died("the Jupyter server is gone", false);
      } catch (IOException silent) {
        strike("the Jupyter server does not answer");
      }
      if (!execution.isOver()) {
        later(execution.isHalfOver() ? settleNanos : LOOK_NANOS);
      }
    }

    private void judge(String state) {
      if (KernelStatus.dead(state)) {
        died("the kernel died", true);
      } else if (KernelStatus.restarts(state) || state.equals("starting")) {
        died("the kernel died; Jupyter starts it again, without its state", false);
      } else if (execution.isHalfOver()) {
        probe();
      } else if (state.equals("idle")) {
        if (isStrike()) {
          execution.giveUp();
        }
      } else {
        strikes = 0;
      }
    }

    /** Looks for the message that is missing, unless others still come. */
    private void probe() {
      if (execution.lastMessageNanos() != heardNanos) {
        heardNanos = execution.lastMessageNanos();
        probes = 0;
      }
      if (++probes > PROBES) {
        execution.giveUp();
      } else {
        execution.probe();
      }
    }

    private void strike(String reason) {
      if (isStrike()) {
        died(reason, false);
      }
    }

    private boolean isStrike() {
      return execution.silentFor(LOOK_NANOS) && ++strikes >= STRIKES;
    }

    private void died(String reason, boolean gone) {
      execution.end(new KernelEnd.Died(reason, gone));
    }
  }

  /**
   * Watches with this patience.
   *
   * @param idlePoll a tenth of the silence after which the second of the two messages that end an
   *     execution is looked for when only the first has come
   */
  KernelWatch(ScheduledExecutorService timer, Duration idlePoll) {
    this.timer = timer;
    this.settleNanos = idlePoll.multipliedBy(10).toNanos();
  }

  /** Does this in a moment, on a thread of its own, unless the execution is over by then. */
  void soon(Execution execution, Runnable action) {
    Runnable unlessOver =
        () -> {
          if (!execution.isOver()) {
            Thread.ofVirtual().name("kernel-again").start(action);
          }
        };
    execution.watchedBy(timer.schedule(unlessOver, MOMENT_NANOS, TimeUnit.NANOSECONDS));
  }

  void watch(Execution execution, JupyterRest rest, String kernelId) {
    new Watched(execution, rest, kernelId).later(Math.min(LOOK_NANOS, settleNanos));
  }
}
