package io.execd.os.command;

import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.Program;
import io.execd.domain.command.RecordingObserver;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SystemCallFilter;
import java.util.Map;
import java.util.Optional;

/** A program that a test starts, because the filter cannot be taken back. */
final class Clone3CompatProbe {
  private Clone3CompatProbe() {}

  public static void main(String[] words) {
    System.out.println("start " + String.join(" ", words));
    if (words[0].equals("reexec")) {
      Clone3Compat.hideAndStartAgain(System.getenv());
    } else {
      Clone3Compat.hide();
    }
    System.out.println("hidden " + SystemCallFilter.clone3IsHidden(Linux.load()));
    System.out.print(command("grep NoNewPrivs /proc/self/status; bash -c 'exit 5'; echo $?"));
  }

  private static String command(String text) {
    LaunchSpec spec =
        new LaunchSpec(
            new Program.Script(text),
            Map.of("PATH", "/usr/bin:/bin"),
            Optional.empty(),
            Optional.empty());
    try (MachineLauncher launcher = Launchers.forThisMachine(() -> {})) {
      RecordingObserver observer = new RecordingObserver();
      launcher.launch(spec, OutputRoute.OBSERVER, observer);
      observer.status();
      return observer.text();
    }
  }
}
