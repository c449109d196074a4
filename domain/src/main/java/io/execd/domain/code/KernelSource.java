package io.execd.domain.code;

import java.util.Optional;

/** Out-port: starts kernels. Safe for any number of threads. */
public interface KernelSource {

  /**
   * Starts a kernel. Blocks until it answers; retries, within a bound, while what starts kernels is
   * still coming up itself.
   *
   * @param directory absolute; empty: wherever kernels start
   * @throws io.execd.domain.Failure INVALID_REQUEST when no kernel speaks the language (the message
   *     names those that are spoken) or the directory cannot be used; NOT_READY while nobody
   *     answers; RUNTIME_ERROR otherwise
   */
  Kernel start(Language language, Optional<String> directory);
}
