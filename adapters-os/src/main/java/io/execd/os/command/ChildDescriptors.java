package io.execd.os.command;

import io.execd.domain.command.Identity;
import io.execd.domain.command.OutputRoute;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.SpawnRequest.Descriptors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Owns every descriptor of one launch: the child's ends always, the daemon's until {@link #keep}.
 */
final class ChildDescriptors implements AutoCloseable {
  private static final String NULL_DEVICE = "/dev/null";

  private final Linux linux;
  private final List<Integer> childs = new ArrayList<>();
  private final List<Integer> daemons = new ArrayList<>();
  private final LogFolder logs;
  private @Nullable LogFile log;
  private boolean kept;

  /**
   * @param logs where a log is made when the route needs one
   */
  ChildDescriptors(Linux linux, LogFolder logs) {
    this.linux = linux;
    this.logs = logs;
  }

  /**
   * Opens all that the route needs. On failure, {@link #close} gives back what was opened.
   *
   * @param owner who may open the outputs anew by name, as {@code > /dev/stderr} does
   */
  Descriptors open(OutputRoute route, Optional<byte[]> script, Optional<Identity> owner)
      throws IOException {
    Descriptors opened = open(route, script);
    owner.ifPresent(who -> {
      linux.give(opened.output(), who.uid(), who.gid());
      linux.give(opened.error(), who.uid(), who.gid());
    });
    return opened;
  }

  private Descriptors open(OutputRoute route, Optional<byte[]> script) throws IOException {
    int input = child(linux.open(NULL_DEVICE, Linux.READ_ONLY));
    int extra = script.isPresent() ? child(linux.memoryFile(script.get())) : Descriptors.NONE;
    return switch (route) {
      case OBSERVER -> new Descriptors(input, pipe(), pipe(), extra);
      case LOG -> {
        int output = log();
        yield new Descriptors(input, output, output, extra);
      }
    };
  }

  private int pipe() throws IOException {
    Linux.Pipe pipe = linux.pipe();
    daemons.add(pipe.readEnd());
    return child(pipe.writeEnd());
  }

  private int log() throws IOException {
    LogFile file = logs.create();
    log = file;
    return child(linux.open(file.path().toString(), Linux.APPEND));
  }

  private int child(int descriptor) {
    childs.add(descriptor);
    return descriptor;
  }

  /** The daemon's ends of stdout and stderr, in this order; none when there is a log. */
  List<Integer> readEnds() {
    return daemons;
  }

  /** The process runs: read ends and log belong to others from here on. */
  Optional<LogFile> keep() {
    kept = true;
    return Optional.ofNullable(log);
  }

  @Override
  public void close() {
    childs.forEach(linux::close);
    if (!kept) {
      daemons.forEach(linux::close);
      Optional.ofNullable(log).ifPresent(LogFile::close);
    }
  }
}
