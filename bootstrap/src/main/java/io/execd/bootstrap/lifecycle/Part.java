package io.execd.bootstrap.lifecycle;

/** Something that runs while the daemon runs. Neither method is called twice. */
public interface Part {

  /** For the log, such as {@code http}. */
  String name();

  /**
   * Makes it run. When this throws, it has left nothing open and will not be stopped.
   *
   * @throws Exception when the daemon cannot run without it
   */
  void start() throws Exception;

  /**
   * Ends it; blocks until it has ended, for as long as its own settings allow.
   *
   * @throws Exception after having closed all it could
   */
  void stop() throws Exception;
}
