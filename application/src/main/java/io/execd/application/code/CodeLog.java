package io.execd.application.code;

import io.execd.domain.code.CodeContext;
import io.execd.domain.stream.ExecutionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Writes one structured line for each execution that is over. The code itself is not logged. */
final class CodeLog {
  private static final Logger LOG = System.getLogger(CodeLog.class.getName());

  private CodeLog() {}

  static void write(CodeContext context, ExecutionEvent last, Duration duration) {
    if (LOG.isLoggable(Level.INFO)) {
      LOG.log(
          Level.INFO,
          "execution id={0} route=code language={1} outcome={2} duration_ms={3}",
          context.id().value(),
          context.language().name(),
          last instanceof ExecutionEvent.Failed failed ? failed.code().name() : "completed",
          Long.toString(duration.toMillis()));
    }
  }

  static void notInterrupted(CodeContext context, Throwable reason) {
    LOG.log(
        Level.WARNING,
        "the code in the context {0} could not be interrupted: {1}",
        context.id().value(),
        reason.toString());
  }
}
