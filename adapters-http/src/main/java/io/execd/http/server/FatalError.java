package io.execd.http.server;

/** Hands errors of the threads that serve everybody to the place that ends the process. */
final class FatalError {
  private FatalError() {}

  /**
   * Reports an error that a library would only log, and go on without what has failed. On a virtual
   * thread, which serves one request, nothing is reported.
   *
   * @return the same, to be thrown on
   */
  static Error reported(Error error) {
    Thread thread = Thread.currentThread();
    if (!thread.isVirtual()) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    }
    return error;
  }
}
