package io.execd.jupyter.code;

import io.execd.domain.Failure;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelSource;
import io.execd.domain.code.Language;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts kernels at a Jupyter server. Making one asks nobody anything. */
public final class JupyterKernels implements KernelSource {
  /** The name that ipykernel gives itself; a kernel with a better name is preferred. */
  private static final String GENERIC = "python3";

  private static final Duration STARTING = Duration.ofSeconds(60);

  private final JupyterServer server;
  private final KernelWatch watch;

  /** Asked for once, and again when a language is not among them. */
  private volatile @Nullable Specs known;

  private record Specs(JupyterServer.Life life, Map<String, Language> languages) {}

  /**
   * At this server.
   *
   * @param timer gets short, non-blocking tasks only
   * @param idlePoll a tenth of the time that a reply may come after its kernel's idle
   */
  public JupyterKernels(JupyterServer server, ScheduledExecutorService timer, Duration idlePoll) {
    this.server = server;
    this.watch = new KernelWatch(timer, idlePoll);
  }

  @Override
  public Kernel start(Language language, Optional<String> directory) {
    JupyterServer.Running running = server.use();
    JupyterRest rest = new JupyterRest(running.endpoint());
    String spec = spec(language, running, rest);
    directory.ifPresent(KernelDirectory::require);
    Optional<String> start =
        running.ours() ? directory.or(() -> Optional.of(KernelDirectory.own())) : directory;
    JupyterRest.Session session = rest.startSession(path(start), spec);
    JupyterKernel kernel = new JupyterKernel(rest, session, running.life(), watch);
    try {
      kernel.awaitStart(STARTING);
      directory.filter(_ -> !running.ours()).ifPresent(folder -> kernel.enter(language, folder));
    } catch (RuntimeException failed) {
      kernel.close();
      throw failed;
    }
    return kernel;
  }

  private String spec(Language language, JupyterServer.Running running, JupyterRest rest) {
    Specs specs = known;
    if (specs == null
        || !specs.life().equals(running.life())
        || !specs.languages().containsValue(language)) {
      specs = new Specs(running.life(), rest.kernelSpecs(running.patience()));
      known = specs;
    }
    return choose(language, specs.languages());
  }

  private static String choose(Language language, Map<String, Language> specs) {
    return specs.entrySet().stream()
        .filter(spec -> spec.getValue().equals(language))
        .map(Map.Entry::getKey)
        .min(
            Comparator.comparing((String name) -> name.equals(GENERIC)).thenComparing(name -> name))
        .orElseThrow(() -> unknown(language, specs));
  }

  private static Failure unknown(Language language, Map<String, Language> specs) {
    String spoken =
        specs.values().stream()
            .map(Language::name)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Failure.invalidField(
        "language",
        "no kernel speaks '"
            + language.name()
            + "'; installed are: "
            + (spoken.isEmpty() ? "none" : spoken));
  }

  /** Jupyter starts a kernel in the folder of its session's path, below a root of its own. */
  private static String path(Optional<String> directory) {
    String name = "execd-" + UUID.randomUUID();
    return directory.map(folder -> folder.substring(1) + "/" + name).orElse(name);
  }
}
