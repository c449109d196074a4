package io.execd.os.command;

import io.execd.domain.OsError;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.LaunchStage;
import io.execd.os.nativecall.Errno;
import io.execd.os.nativecall.ErrnoException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Why a process was not started, in the domain's words. */
final class Refusals {
  private static final OsError STOPPING = new OsError(0, "ESHUTDOWN", "the daemon is stopping");

  private Refusals() {}

  /** What no operating system takes, because its strings end at a NUL. */
  static Optional<Refused> ofText(LaunchSpec spec) {
    if (spec.directory().orElse("").indexOf('\0') >= 0) {
      return Optional.of(invalid(LaunchStage.DIRECTORY, spec.directory().orElse("")));
    }
    return spec.environment().entrySet().stream()
        .filter(entry -> !usable(entry))
        .map(entry -> invalid(LaunchStage.PROGRAM, "with variable " + entry.getKey()))
        .findFirst();
  }

  private static boolean usable(Map.Entry<String, String> entry) {
    String name = entry.getKey();
    boolean named = !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
    return named && entry.getValue().indexOf('\0') < 0;
  }

  private static Refused invalid(LaunchStage stage, String subject) {
    return new Refused(stage, Errno.EINVAL.error(), subject.replace('\0', '?'));
  }

  static Refused stopping() {
    return new Refused(LaunchStage.RESOURCES, STOPPING, "a process");
  }

  /** Pipes, files or memory could not be had. */
  static Refused resources(IOException cause, String subject) {
    OsError error =
        cause instanceof ErrnoException errno
            ? errno.error()
            : new OsError(0, "EIO", String.valueOf(cause.getMessage()));
    return new Refused(LaunchStage.RESOURCES, error, subject);
  }

  static Refused of(LaunchStage stage, OsError error, LaunchSpec spec, String program) {
    String subject =
        switch (stage) {
          case RESOURCES -> "a process";
          case IDENTITY -> spec.identity().map(who -> who.uid() + ":" + who.gid()).orElse("itself");
          case DIRECTORY -> spec.directory().orElse(".");
          case PROGRAM -> program;
        };
    return new Refused(stage, error, subject);
  }
}
