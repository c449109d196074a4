package io.execd.jupyter.code;

import io.execd.domain.code.KernelEnd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been heard of one execution's end. It is complete with the kernel's idle and its reply,
 * in either order. Written by the reading thread alone; any thread may read it.
 */
final class Ending {
  private volatile boolean idle;
  private volatile boolean replied;
  private volatile boolean aborted;
  private volatile KernelEnd.@Nullable Raised raised;
  private volatile @Nullable String unreadable;

  void idle() {
    idle = true;
  }

  void replied(Told told) {
    replied = true;
    aborted = told.aborted();
    if (raised == null && (told.failed() || aborted)) {
      raised = told.raised();
    }
  }

  void raised(Told told) {
    raised = told.raised();
  }

  /** Notes that a message could not be read; the first reason counts. */
  void unreadable(String reason) {
    if (unreadable == null) {
      unreadable = reason;
    }
  }

  boolean isComplete() {
    return idle && replied;
  }

  /** Whether only one of the two messages has come. */
  boolean isHalf() {
    return idle != replied;
  }

  boolean isIdle() {
    return idle;
  }

  boolean isReplied() {
    return replied;
  }

  /** Whether the kernel did not even begin. */
  boolean isAborted() {
    return aborted;
  }

  /** The end as it was told. It is a success only if every message came and could be read. */
  KernelEnd told() {
    String loss = unreadable;
    if (loss == null && !isComplete()) {
      loss = missing();
    }
    KernelEnd.Raised error = raised;
    if (error == null) {
      return loss == null ? new KernelEnd.Finished() : new KernelEnd.Lost(loss);
    }
    return loss == null ? error : withLoss(error, loss);
  }

  private String missing() {
    if (replied) {
      return "the kernel's idle did not arrive, so output may be missing, though the code has ended";
    }
    return idle
        ? "the kernel's reply did not arrive, so whether the code succeeded is unknown"
        : "neither the kernel's reply nor its idle arrived, though the kernel has nothing to do";
  }

  private static KernelEnd withLoss(KernelEnd.Raised error, String loss) {
    List<String> traceback = new ArrayList<>(error.traceback());
    traceback.add("OutputLost: " + loss);
    return new KernelEnd.Raised(error.name(), error.value(), traceback);
  }
}
