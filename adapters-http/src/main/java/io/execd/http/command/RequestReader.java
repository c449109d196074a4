package io.execd.http.command;

import io.execd.domain.Failure;
import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.CommandRequest.RunAs;
import io.execd.domain.command.Identity;
import io.execd.domain.command.Program;
import io.execd.http.api.model.RunCommandRequest;
import io.execd.http.stream.TimeoutField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the body of a run request; what cannot be used is refused with the field's name. */
final class RequestReader {
  private RequestReader() {}

  static CommandRequest read(RunCommandRequest body) {
    refuseUnsupported(body);
    return new CommandRequest(
        program(body.getCommand(), body.getArgv()),
        Optional.ofNullable(body.getCwd()).filter(path -> !path.isEmpty()),
        TimeoutField.read(body.getTimeout()),
        runAs(body.getUid(), body.getGid()),
        environment(body.getEnvs()));
  }

  static boolean background(RunCommandRequest body) {
    return Boolean.TRUE.equals(body.getBackground());
  }

  private static Program program(@Nullable String command, @Nullable List<String> argv) {
    if (command != null && argv != null) {
      throw Failure.invalidField("argv", "cannot be given together with command");
    }
    if (argv == null) {
      return new Program.Script(required("command", command));
    }
    for (int index = 0; index < argv.size(); index++) {
      required("argv[" + index + "]", argv.get(index));
    }
    return new Program.Argv(argv);
  }

  private static Optional<RunAs> runAs(@Nullable Long uid, @Nullable Long gid) {
    if (uid == null) {
      if (gid != null) {
        throw Failure.invalidField("gid", "cannot be given without uid");
      }
      return Optional.empty();
    }
    requireId("uid", uid);
    if (gid == null) {
      return Optional.of(new RunAs(uid, OptionalLong.empty()));
    }
    requireId("gid", gid);
    return Optional.of(new RunAs(uid, OptionalLong.of(gid)));
  }

  private static void requireId(String field, long id) {
    if (id < 0 || id > Identity.MAX_ID) {
      throw Failure.invalidField(field, "must be between 0 and " + Identity.MAX_ID);
    }
  }

  private static Map<String, String> environment(@Nullable Map<String, String> envs) {
    if (envs == null) {
      return Map.of();
    }
    envs.forEach((name, value) -> required("envs." + name, value));
    return envs;
  }

  private static String required(String field, @Nullable String value) {
    if (value == null) {
      throw Failure.invalidField(field, "is required and must be a string");
    }
    return value;
  }

  /** Refused rather than silently run without: nobody may believe that it worked. */
  private static void refuseUnsupported(RunCommandRequest body) {
    if (Boolean.TRUE.equals(body.getTty())) {
      throw new Failure(Failure.Code.NOT_SUPPORTED, "tty: not supported by this version");
    }
    if (Boolean.TRUE.equals(body.getStdin())) {
      throw new Failure(Failure.Code.NOT_SUPPORTED, "stdin: not supported by this version");
    }
  }
}
