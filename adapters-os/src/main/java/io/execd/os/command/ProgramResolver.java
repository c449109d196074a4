package io.execd.os.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the shell for a script and the file for a program. */
final class ProgramResolver {
  /** The kernel's limit for one argument, its final NUL included. */
  static final int MAX_ARGUMENT_BYTES = 131_072;

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** A long script closes its own descriptor on its first line, so that line numbers stay. */
  private static final String SOURCE = ". /proc/self/fd/3";

  private static final String CLOSE_SOURCE = "exec 3<&-; ";

  private final List<String> shellFolders;

  /**
   * @param shellFolders where bash and sh are looked for, in this order
   */
  ProgramResolver(List<String> shellFolders) {
    this.shellFolders = List.copyOf(shellFolders);
  }

  /** Looks for the shell along the daemon's own PATH, then in the usual folders. */
  static ProgramResolver ofDaemon() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse(DEFAULT_PATH);
    SequencedSet<String> folders = new LinkedHashSet<>(absolute(path));
    folders.addAll(List.of("/bin", "/usr/bin", "/usr/local/bin"));
    return new ProgramResolver(List.copyOf(folders));
  }

  Invocation resolve(LaunchSpec spec) {
    return switch (spec.program()) {
      case Program.Script(String text) -> script(text);
      case Program.Argv(List<String> words) -> argv(words, spec.environment().get("PATH"));
    };
  }

  private Invocation script(String text) {
    String bash = "bash";
    List<String> candidates = executables(bash);
    if (candidates.isEmpty()) {
      return script("sh", executables("sh"), text);
    }
    return script(bash, candidates, text);
  }

  private static Invocation script(String shell, List<String> candidates, String text) {
    String subject = candidates.isEmpty() ? "bash or sh" : candidates.getFirst();
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length < MAX_ARGUMENT_BYTES) {
      return new Invocation(
          candidates, List.of(shell, "-c", noOption(text)), Optional.empty(), subject);
    }
    byte[] whole = (CLOSE_SOURCE + text).getBytes(UTF_8);
    return new Invocation(candidates, List.of(shell, "-c", SOURCE), Optional.of(whole), subject);
  }

  /** A shell takes a first word such as {@code -x} for an option of its own. */
  private static String noOption(String text) {
    return text.startsWith("-") || text.startsWith("+") ? " " + text : text;
  }

  private List<String> executables(String name) {
    return shellFolders.stream()
        .map(folder -> folder + "/" + name)
        .filter(file -> Files.isExecutable(Path.of(file)))
        .limit(1)
        .toList();
  }

  private static Invocation argv(List<String> words, @Nullable String path) {
    String name = words.getFirst();
    List<String> candidates =
        name.contains("/")
            ? List.of(name)
            : absolute(path == null ? DEFAULT_PATH : path).stream()
                .map(folder -> folder + "/" + name)
                .toList();
    return new Invocation(candidates, words, Optional.empty(), name);
  }

  private static List<String> absolute(String path) {
    return Stream.of(path.split(":", -1)).filter(entry -> entry.startsWith("/")).toList();
  }
}
