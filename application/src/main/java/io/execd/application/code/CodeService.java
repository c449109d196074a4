package io.execd.application.code;

import io.execd.domain.Failure;
import io.execd.domain.code.CodeContext;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.CodeRequest.Target;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelSource;
import io.execd.domain.code.Language;
import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.command.Program;
import io.execd.domain.file.FilePath;
import io.execd.domain.stream.BufferBudget;
import io.execd.domain.stream.EventReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps contexts and runs code in them. Its owner closes it, before what starts its kernels. Making
 * one costs nothing: the first request does what there is to do.
 */
public final class CodeService implements CodeContexts, AutoCloseable {
  private final CodePorts ports;
  private final CodeRuntime runtime;
  private final ContextRegistry registry = new ContextRegistry();
  private final DefaultContexts defaults = new DefaultContexts();
  private volatile boolean closing;

  public CodeService(CodePorts ports, BufferBudget budget) {
    this.ports = ports;
    this.runtime = new CodeRuntime(budget, ports.clock(), registry::remove);
  }

  @Override
  public CodeContext create(Language language, Optional<String> directory) {
    requireContexts(language);
    return open(ports.kernels(), language, directory).description();
  }

  @Override
  public CodeContext find(ContextId id) {
    return known(id).description();
  }

  @Override
  public List<CodeContext> list(Optional<Language> language) {
    language.ifPresent(CodeService::requireContexts);
    return language.map(registry::of).orElseGet(registry::all).stream()
        .filter(LiveContext::alive)
        .map(LiveContext::description)
        .filter(context -> context.language().hasContexts())
        .toList();
  }

  @Override
  public void delete(ContextId id) {
    known(id).close("it was deleted");
  }

  @Override
  public void deleteAll(Language language) {
    requireContexts(language);
    close(registry.of(language), "it was deleted");
  }

  @Override
  public EventReader run(CodeRequest request) {
    Target target = request.target();
    if (target.id().isPresent()) {
      return known(target.id().get()).run(request);
    }
    Language language = target.language().orElse(Language.COMMAND);
    if (language.equals(Language.COMMAND)) {
      return ports.commands().run(shell(request)).events();
    } else if (language.equals(Language.BACKGROUND_COMMAND)) {
      return ports.commands().start(shell(request)).events();
    }
    return language.equals(Language.SQL) ? query(request) : inDefault(language, request);
  }

  @Override
  public boolean interrupt(ContextId id) {
    Optional<LiveContext> context = registry.find(id);
    context.ifPresent(LiveContext::interrupt);
    return context.isPresent();
  }

  /**
   * Starts nothing new, tells every stream, and ends every kernel, for as long as {@link
   * CodeLimits#CLOSING} at most.
   */
  @Override
  public void close() {
    closing = true;
    close(registry.all(), "the daemon stops");
  }

  /** All at the same time: each may take seconds. */
  private static void close(List<LiveContext> contexts, String reason) {
    CountDownLatch left = new CountDownLatch(contexts.size());
    for (LiveContext context : contexts) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              context.close(reason);
            } finally {
              left.countDown();
            }
          });
    }
    try {
      left.await(CodeLimits.CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever names no context is not told that one is gone: there is another one. */
  private EventReader inDefault(Language language, CodeRequest request) {
    LiveContext context = byDefault(language, request);
    try {
      return context.run(request);
    } catch (Failure refused) {
      if (context.alive()) {
        throw refused;
      }
      return byDefault(language, request).run(request);
    }
  }

  private LiveContext byDefault(Language language, CodeRequest request) {
    return defaults.get(
        language, () -> open(ports.kernels(), language, request.target().directory()));
  }

  /** Each query has a connection of its own, which lasts as long as it runs. */
  private EventReader query(CodeRequest request) {
    return open(ports.databases(), Language.SQL, Optional.empty()).run(request);
  }

  private LiveContext open(KernelSource source, Language language, Optional<String> directory) {
    requireOpen();
    Optional<String> path = directory.map(this::absolute);
    registry.promise();
    Kernel kernel = start(source, language, path);
    LiveContext context =
        new LiveContext(new CodeContext(kernel.id(), language, path), kernel, runtime);
    registry.add(context);
    if (closing) {
      context.close("the daemon stops");
      requireOpen();
    }
    return context;
  }

  private String absolute(String asked) {
    EnvironmentSource environment = ports.environment();
    FilePath.Origin origin =
        new FilePath.Origin(environment.read(), System.getProperty("user.dir", "/"));
    FilePath path = FilePath.of("cwd", asked, origin, entry -> environment.exists(entry.text()));
    if (path.text().contains("\\x")) {
      throw Failure.invalidField(
          "cwd", "a context cannot be in " + path + ": its name is not UTF-8");
    }
    return path.text();
  }

  private Kernel start(KernelSource source, Language language, Optional<String> path) {
    try {
      return source.start(language, path);
    } catch (RuntimeException failed) {
      registry.release();
      throw failed;
    }
  }

  private void requireOpen() {
    if (closing) {
      throw new Failure(Failure.Code.NOT_READY, "the daemon is stopping");
    }
  }

  private static void requireContexts(Language language) {
    if (!language.hasContexts()) {
      throw Failure.invalidField(
          "language", "'" + language.name() + "' runs without contexts that could be managed");
    }
  }

  private LiveContext known(ContextId id) {
    return registry.find(id).filter(LiveContext::alive).orElseThrow(() -> registry.missing(id));
  }

  private static CommandRequest shell(CodeRequest request) {
    Optional<Duration> timeout = request.timeout();
    return new CommandRequest(
        new Program.Script(request.code()),
        request.target().directory(),
        timeout,
        Optional.empty(),
        Map.of());
  }
}
