package io.execd.application.code;

import io.execd.domain.Failure;
import io.execd.domain.code.Language;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The context of each language that runs code for which no context was named. It is made on first
 * use, once: whoever comes meanwhile waits for it. Thread-safe.
 */
final class DefaultContexts {
  private final Map<Language, CompletableFuture<LiveContext>> contexts = new ConcurrentHashMap<>();

  /** Blocks while it is being made, by the caller itself or by another one. */
  LiveContext get(Language language, Supplier<LiveContext> maker) {
    while (true) {
      CompletableFuture<LiveContext> mine = new CompletableFuture<>();
      CompletableFuture<LiveContext> known = contexts.putIfAbsent(language, mine);
      LiveContext context = known == null ? make(language, mine, maker) : await(known);
      if (context.alive()) {
        return context;
      }
      contexts.remove(language, known == null ? mine : known);
    }
  }

  private LiveContext make(
      Language language, CompletableFuture<LiveContext> mine, Supplier<LiveContext> maker) {
    try {
      LiveContext context = maker.get();
      mine.complete(context);
      return context;
    } catch (RuntimeException failed) {
      contexts.remove(language, mine);
      mine.completeExceptionally(failed);
      throw failed;
    }
  }

  private static LiveContext await(CompletableFuture<LiveContext> known) {
    try {
      return known.join();
    } catch (CompletionException | CancellationException failed) {
      if (failed.getCause() instanceof Failure failure) {
        throw new Failure(failure.code(), String.valueOf(failure.getMessage()), failure);
      }
      throw failed;
    }
  }
}
