package io.execd.bootstrap;

import io.execd.bootstrap.lifecycle.ForcedExit;
import io.execd.bootstrap.logging.Logging;
import io.execd.bootstrap.settings.Clone3Mode;
import io.execd.bootstrap.settings.Help;
import io.execd.bootstrap.settings.Invocation;
import io.execd.bootstrap.settings.SettingsParser;
import io.execd.domain.Failure;
import io.execd.domain.SecretVariables;
import io.execd.os.command.Clone3Compat;
import io.execd.os.command.OwnSecrets;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Where the program begins. */
final class Main {
  private Main() {}

  public static void main(String[] words) {
    StandardStreams.fill();
    Logging.install();
    Invocation invocation = SettingsParser.parse(List.of(words), System.getenv());
    // No switch: its bootstrap would cost the start of the daemon 10 ms.
    if (invocation instanceof Invocation.Run run) {
      System.exit(run(run));
    }
    System.exit(answer((Invocation.Answer) invocation));
  }

  private static int answer(Invocation.Answer answer) {
    return switch (answer) {
      case Invocation.PrintHelp _ -> print(System.out, Help.text(), 0);
      case Invocation.PrintVersion _ -> print(System.out, "execd " + version() + "\n", 0);
      case Invocation.Refused(String line, int code) ->
          print(System.err, "execd: " + line + "\n", code);
    };
  }

  private static int run(Invocation.Run run) {
    try {
      hideClone3(run.settings().commands().clone3());
    } catch (Failure refused) {
      return print(System.err, "execd: " + refused.getMessage() + "\n", 1);
    }
    return daemon(run, hideSecrets(run));
  }

  /**
   * Only now: an execution once more has read them again. Gives the warnings, one more if need be.
   */
  private static List<String> hideSecrets(Invocation.Run run) {
    List<String> tokens =
        List.of(
            run.settings().server().accessToken().reveal(),
            run.settings().jupyter().token().reveal());
    boolean any =
        SecretVariables.NAMES.stream().anyMatch(System.getenv()::containsKey)
            || tokens.stream().anyMatch(token -> !token.isEmpty());
    if (any) {
      try {
        OwnSecrets.hide(tokens);
      } catch (IOException refused) {
        List<String> warnings = new ArrayList<>(run.warnings());
        warnings.add(
            "tokens stay readable in /proc/<pid> of this process: " + refused.getMessage());
        return warnings;
      }
    }
    return run.warnings();
  }

  /** Off, it costs nothing: what knows of native code is not even loaded. */
  private static void hideClone3(Clone3Mode mode) {
    switch (mode) {
      case OFF -> {}
      case FILTER -> Clone3Compat.hide();
      case REEXEC -> Clone3Compat.hideAndStartAgain(System.getenv());
    }
  }

  private static int daemon(Invocation.Run run, List<String> warnings) {
    ForcedExit exit = ForcedExit.install();
    if (Rehearsal.isAskedFor()) {
      Rehearsal rehearsal = new Rehearsal(run.settings());
      return new Daemon(rehearsal.settings(), rehearsal, exit).run(warnings);
    }
    return new Daemon(run.settings(), port -> new CountDownLatch(1).await(), exit).run(warnings);
  }

  private static int print(PrintStream stream, String text, int exitCode) {
    stream.print(text);
    stream.flush();
    return exitCode;
  }

  /** Of the jar's manifest; classes outside a jar have none. */
  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(unpacked)" : version;
  }
}
