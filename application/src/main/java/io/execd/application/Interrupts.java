package io.execd.application;

/** In-port: interrupts whatever has an id, be it a command or a context. */
public interface Interrupts {

  /**
   * Asks what runs under this id to end.
   *
   * @throws io.execd.domain.Failure RUNTIME_ERROR when nothing has the id, or the command that had
   *     it is over
   */
  void interrupt(String id);
}
