package io.execd.application.code;

import io.execd.domain.code.CodeContext;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Language;
import io.execd.domain.stream.EventReader;
import java.util.List;
import java.util.Optional;

/**
 * In-port: contexts, which keep state, and the code that runs in them. Every method throws {@link
 * io.execd.domain.Failure}: {@code INVALID_REQUEST} for a request that cannot be used, {@code
 * CONTEXT_NOT_FOUND} for an id that is not known (any more), {@code NOT_READY} while the daemon
 * stops or nobody answers who runs kernels. All are safe for any number of threads.
 */
public interface CodeContexts {

  /**
   * Starts a kernel. Blocks until it answers, for seconds.
   *
   * @param directory as sent: may start with {@code ~} and hold {@code $NAME}
   */
  CodeContext create(Language language, Optional<String> directory);

  /** One context. */
  CodeContext find(ContextId id);

  /** The contexts of one language, or all, the oldest first. */
  List<CodeContext> list(Optional<Language> language);

  /** Ends a context and its kernel. Blocks until that is done. */
  void delete(ContextId id);

  /** Ends all contexts of a language; having none is fine. */
  void deleteAll(Language language);

  /**
   * Runs code in the context that its target names, or as a shell command when the target names
   * none. When the caller closes the reader before the end, the code is interrupted. Blocks while a
   * default context is made.
   *
   * @return the owner's reader; whoever gets it closes it
   * @throws io.execd.domain.Failure also BUSY, when the context runs something else
   */
  EventReader run(CodeRequest request);

  /**
   * Interrupts what runs in a context; a no-op when nothing does.
   *
   * @return false when there is no such context
   */
  boolean interrupt(ContextId id);
}
