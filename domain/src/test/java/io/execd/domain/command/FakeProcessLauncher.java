package io.execd.domain.command;

import io.execd.domain.OsError;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.FakeProcess.FakeLog;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.stream.OutputSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Launches processes in memory. A script of the words {@code echo}, {@code exit}, {@code sleep} and
 * {@code trap} runs by itself as far as a {@code sleep}; so does an {@code echo} as arguments.
 * Every other program does nothing until the test acts through its {@link FakeProcess}. Paths under
 * {@code /nowhere} are not there.
 */
public final class FakeProcessLauncher implements ProcessLauncher {
  private static final OsError ENOENT = new OsError(2, "ENOENT", "no such file or directory");

  private final List<FakeProcess> processes = new CopyOnWriteArrayList<>();
  private volatile @Nullable Refused refusal;

  /** Every launch is refused like this from now on; null: no more. */
  public void refuse(@Nullable Refused next) {
    refusal = next;
  }

  /** All that were launched, in order. */
  public List<FakeProcess> processes() {
    return List.copyOf(processes);
  }

  /** The one launched last. */
  public FakeProcess last() {
    return processes.getLast();
  }

  @Override
  public LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
    Refused refused = refusal(spec);
    if (refused != null) {
      return refused;
    }
    FakeLog log = route == OutputRoute.LOG ? new FakeLog() : null;
    FakeProcess process = new FakeProcess(spec, observer, log);
    processes.add(process);
    switch (spec.program()) {
      case Program.Script(String text) -> interpret(text, spec.environment(), process);
      case Program.Argv(List<String> words) -> execute(words, process);
    }
    return new Launched(process, Optional.ofNullable(log));
  }

  private @Nullable Refused refusal(LaunchSpec spec) {
    if (refusal != null) {
      return refusal;
    }
    String directory = spec.directory().orElse("/");
    if (directory.startsWith("/nowhere")) {
      return new Refused(LaunchStage.DIRECTORY, ENOENT, directory);
    }
    return spec.program() instanceof Program.Argv(List<String> words)
            && words.getFirst().startsWith("/nowhere")
        ? new Refused(LaunchStage.PROGRAM, ENOENT, words.getFirst())
        : null;
  }

  private static void execute(List<String> words, FakeProcess process) {
    if (words.getFirst().equals("echo")) {
      process.emit(OutputSource.STDOUT, String.join(" ", words.subList(1, words.size())) + "\n");
      process.exit(new Exited(0));
    }
  }

  /** Stops at the first statement it does not know, or that waits. */
  private static void interpret(String text, Map<String, String> environment, FakeProcess process) {
    for (String statement : text.split("; ", -1)) {
      if (!step(statement, environment, process)) {
        return;
      }
    }
    process.exit(new Exited(0));
  }

  private static boolean step(
      String statement, Map<String, String> environment, FakeProcess process) {
    String[] words = statement.split(" ", 2);
    switch (words[0]) {
      case "echo" -> echo(expand(words[1], environment), process);
      case "exit" -> process.exit(new Exited(Integer.parseInt(words[1])));
      case "trap" -> process.ignoreTermination();
      default -> {
        return false;
      }
    }
    return process.running();
  }

  private static void echo(String text, FakeProcess process) {
    String redirection = " >&2";
    if (text.endsWith(redirection)) {
      String rest = text.substring(0, text.length() - redirection.length());
      process.emit(OutputSource.STDERR, rest + "\n");
    } else {
      process.emit(OutputSource.STDOUT, text + "\n");
    }
  }

  private static String expand(String text, Map<String, String> environment) {
    return text.startsWith("$") ? environment.getOrDefault(text.substring(1), "") : text;
  }
}
