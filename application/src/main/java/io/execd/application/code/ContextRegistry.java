package io.execd.application.code;

import io.execd.domain.Failure;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Every context there is, and what became of those that are not any more. Thread-safe. */
final class ContextRegistry {
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock. The oldest comes first.
  private final Map<ContextId, LiveContext> contexts = new LinkedHashMap<>();
  private final Map<ContextId, String> lost = new LinkedHashMap<>();
  private int promised;

  /** Makes sure that there will be room for one more, or refuses. */
  void promise() {
    lock.lock();
    try {
      if (contexts.size() + promised >= CodeLimits.CONTEXTS) {
        throw new Failure(
            Failure.Code.RUNTIME_ERROR,
            "there are " + CodeLimits.CONTEXTS + " contexts already: delete one first");
      }
      promised++;
    } finally {
      lock.unlock();
    }
  }

  /** What was promised will not come. */
  void release() {
    lock.lock();
    try {
      promised--;
    } finally {
      lock.unlock();
    }
  }

  /** Adds what was promised. */
  void add(LiveContext context) {
    lock.lock();
    try {
      promised--;
      contexts.put(context.id(), context);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a context, but not why it is gone. */
  void remove(LiveContext context, String reason) {
    lock.lock();
    try {
      contexts.remove(context.id());
      lost.put(context.id(), reason);
      if (lost.size() > CodeLimits.LOST_CONTEXTS) {
        lost.remove(lost.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<LiveContext> find(ContextId id) {
    lock.lock();
    try {
      return Optional.ofNullable(contexts.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** What to tell a caller who asks for a context that is not there. */
  Failure missing(ContextId id) {
    lock.lock();
    try {
      String reason = lost.get(id);
      return new Failure(
          Failure.Code.CONTEXT_NOT_FOUND,
          reason == null
              ? "no context has the id '" + id.value() + "'"
              : "the context '" + id.value() + "' is gone: " + reason);
    } finally {
      lock.unlock();
    }
  }

  List<LiveContext> all() {
    lock.lock();
    try {
      return List.copyOf(contexts.values());
    } finally {
      lock.unlock();
    }
  }

  List<LiveContext> of(Language language) {
    return all().stream()
        .filter(context -> context.description().language().equals(language))
        .toList();
  }
}
