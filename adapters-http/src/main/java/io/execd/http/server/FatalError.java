package io.execd.http.server;

/** Hands errors of the threads that serve all clients to the place that ends the process. */
final class FatalError {
  private FatalError() {}

  /** Does what {@link #report} does, and gives the same error, to be thrown on. */
  static Error reported(Error error) {
    report(error);
    return error;
  }

  /**
   * Reports an error that a library would only log, and go on without what has failed. On a virtual
   * thread, which serves one request, nothing is reported.
   */
  static void report(Error error) {
    Thread thread = Thread.currentThread();
    // Not the thread's own handler: Grizzly has set one, which logs.
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    if (!thread.isVirtual() && handler != null) {
      handler.uncaughtException(thread, error);
    }
  }
}
