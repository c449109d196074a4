package io.execd.jupyter.code;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.execd.domain.Failure;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.code.Language;
import io.execd.domain.stream.ExecutionEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes a new kernel into a folder by a statement in its own language. Jupyter starts kernels below
 * a root of its own, which need not be {@code /} and which it tells nobody; where it is {@code /}
 * the kernel is there already.
 */
final class FolderChange implements KernelObserver {
  private final CompletableFuture<KernelEnd> end = new CompletableFuture<>();

  /** The statement; empty for a language in which a process cannot leave its folder. */
  static Optional<String> statement(Language language, String directory) {
    return switch (language.name()) {
      case "python" -> Optional.of("__import__('os').chdir(" + quoted(directory) + ")");
      case "javascript", "typescript" -> Optional.of("process.chdir(" + quoted(directory) + ")");
      case "bash" -> Optional.of("cd -- '" + directory.replace("'", "'\\''") + "'");
      default -> Optional.empty();
    };
  }

  /** A JSON string means the same in these languages. */
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Waits until the kernel is there. */
  void await(String directory, Duration patience) {
    KernelEnd how =
        end.completeOnTimeout(
                new KernelEnd.Died("no answer", true), patience.toNanos(), TimeUnit.NANOSECONDS)
            .join();
    switch (how) {
      case KernelEnd.Finished _ -> {}
      case KernelEnd.Raised(String name, String value, var _) ->
          throw Failure.invalidField(
              "cwd", directory + ": the kernel cannot go there: " + name + ": " + value);
      case KernelEnd.Lost(String reason) -> throw stayed(directory, reason);
      case KernelEnd.Died(String reason, boolean _) -> throw stayed(directory, reason);
    }
  }

  private static Failure stayed(String directory, String reason) {
    return new Failure(
        Failure.Code.RUNTIME_ERROR, "the kernel did not go to " + directory + ": " + reason);
  }

  @Override
  public int room() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void event(ExecutionEvent event) {
    // nobody asked for it
  }

  @Override
  public void ended(KernelEnd how) {
    end.complete(how);
  }
}
