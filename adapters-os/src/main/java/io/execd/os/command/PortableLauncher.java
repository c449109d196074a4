package io.execd.os.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.OsError;
import io.execd.domain.command.LaunchResult;
import io.execd.domain.command.LaunchResult.Launched;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.command.OutputRoute;
import io.execd.domain.command.ProcessObserver;
import io.execd.os.nativecall.Errno;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A launcher for machines the native one does not know, over {@link ProcessBuilder}, with its
 * limits: there is no process group, so a signal goes to the descendants one by one and one that is
 * orphaned by then is missed; another user is refused; signals and dispositions are the JVM's; a
 * death by a signal is told only where we sent it, else as exit code 128 + signal; {@code $0} is
 * the shell's path; a script longer than the platform's limit for arguments is refused.
 */
final class PortableLauncher implements MachineLauncher {
  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));
  private static final Pattern ERROR_NUMBER = Pattern.compile("error=(\\d+)");
  private static final OsError NO_OTHER_USER =
      new OsError(0, "ENOTSUP", "not supported on this platform");

  private final ProgramResolver programs;
  private final LogFolder logs = LogFolder.ofDaemon();
  private final Set<PortableProcess> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  PortableLauncher(ProgramResolver programs) {
    this.programs = programs;
  }

  @Override
  public LaunchResult launch(LaunchSpec spec, OutputRoute route, ProcessObserver observer) {
    Optional<Refused> refused = refusal(spec);
    if (refused.isPresent()) {
      return refused.get();
    }
    Invocation program = programs.resolve(spec);
    Optional<String> file = executable(program, spec);
    return file.isPresent()
        ? start(spec, route, new SafeObserver(observer), command(program, file.get()))
        : Refusals.of(LaunchStage.PROGRAM, absence(program, spec), spec, program.subject());
  }

  private Optional<Refused> refusal(LaunchSpec spec) {
    if (closed) {
      return Optional.of(Refusals.stopping());
    }
    if (spec.identity().isPresent()) {
      return Optional.of(Refusals.of(LaunchStage.IDENTITY, NO_OTHER_USER, spec, ""));
    }
    Path directory = directory(spec);
    if (Refusals.ofText(spec).isEmpty() && !Files.isDirectory(directory)) {
      Errno error = Files.exists(directory) ? Errno.ENOTDIR : Errno.ENOENT;
      return Optional.of(Refusals.of(LaunchStage.DIRECTORY, error.error(), spec, ""));
    }
    return Refusals.ofText(spec);
  }

  private static Path directory(LaunchSpec spec) {
    return Path.of(spec.directory().orElse("")).toAbsolutePath();
  }

  private static Optional<String> executable(Invocation program, LaunchSpec spec) {
    return program.candidates().stream()
        .filter(name -> Files.isExecutable(directory(spec).resolve(name)))
        .filter(name -> !Files.isDirectory(directory(spec).resolve(name)))
        .findFirst();
  }

  private static OsError absence(Invocation program, LaunchSpec spec) {
    boolean there =
        program.candidates().stream().anyMatch(name -> Files.exists(directory(spec).resolve(name)));
    return (there ? Errno.EACCES : Errno.ENOENT).error();
  }

  /** Where the script is too long for an argument, the platform will say so. */
  private static List<String> command(Invocation program, String file) {
    List<String> words = new ArrayList<>(program.arguments());
    words.set(0, file);
    program.script().ifPresent(bytes -> words.set(2, new String(bytes, UTF_8)));
    return words;
  }

  private LaunchResult start(
      LaunchSpec spec, OutputRoute route, SafeObserver observer, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory(spec).toFile()).redirectInput(NOTHING);
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    ChildEnvironment.addDirectory(spec, builder.environment());
    try {
      return switch (route) {
        case OBSERVER -> new Launched(watch(builder.start(), observer), Optional.empty());
        case LOG -> withLog(builder, observer);
      };
    } catch (IOException e) {
      return refused(e, spec, command.getFirst());
    }
  }

  private LaunchResult withLog(ProcessBuilder builder, SafeObserver observer) throws IOException {
    LogFile log = logs.create();
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.path().toFile()));
    try {
      Process process = builder.start();
      return new Launched(watch(process, observer), Optional.of(log));
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  private PortableProcess watch(Process process, SafeObserver observer) {
    PortableProcess watched = new PortableProcess(process, observer, running);
    watched.start();
    return watched;
  }

  private static Refused refused(IOException cause, LaunchSpec spec, String program) {
    Matcher number = ERROR_NUMBER.matcher(String.valueOf(cause.getMessage()));
    if (!number.find()) {
      return Refusals.resources(cause, "a process");
    }
    OsError error = Errno.describe(Integer.parseInt(number.group(1)));
    boolean limit = error.equals(Errno.EAGAIN.error()) || error.equals(Errno.ENOMEM.error());
    LaunchStage stage = limit ? LaunchStage.RESOURCES : LaunchStage.PROGRAM;
    return Refusals.of(stage, error, spec, program);
  }

  @Override
  public void warmUp() {
    WarmUp.run(this);
    logs.removeLeftovers();
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(running).forEach(PortableProcess::kill);
    List.copyOf(running).forEach(PortableProcess::join);
    logs.close();
  }
}
