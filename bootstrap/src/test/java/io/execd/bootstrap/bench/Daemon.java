package io.execd.bootstrap.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server to measure: a child process of ours, or one that runs already.
 *
 * @param process null when it is not ours
 * @param figures empty when nobody knows its pid
 * @param startMillis from its fork to its first answer; 0 when it is not ours
 * @param begunNanos when it was forked, on the clock of {@link System#nanoTime}; 0 likewise
 */
record Daemon(
    InetSocketAddress address,
    @Nullable Process process,
    Optional<ProcessFigures> figures,
    double startMillis,
    long begunNanos)
    implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** One that runs already. */
  static Daemon running(InetSocketAddress address, Optional<ProcessFigures> figures) {
    return new Daemon(address, null, figures, 0, 0);
  }

  /**
   * Starts one and waits for its first answer.
   *
   * @param command the words that start it; {@code %d} in them becomes its port
   * @param log where its output goes
   */
  static Daemon start(List<String> command, Map<String, String> variables, Path log)
      throws IOException {
    Daemon daemon = listening(command, variables, log);
    try (HttpConnection connection = daemon.connect()) {
      connection.ping();
    }
    double millis = (System.nanoTime() - daemon.begunNanos()) / 1e6;
    return new Daemon(
        daemon.address(), daemon.process(), daemon.figures(), millis, daemon.begunNanos());
  }

  /** The same for what only listens: another server. */
  static Daemon listening(List<String> command, Map<String, String> variables, Path log)
      throws IOException {
    InetSocketAddress address = freeAddress();
    List<String> words =
        command.stream().map(word -> word.replace("%d", "" + address.getPort())).toList();
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(variables);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long begin = System.nanoTime();
    Process process = builder.start();
    awaitAnswer(address, process, begin);
    return new Daemon(address, process, Optional.of(new ProcessFigures(process.pid())), 0, begin);
  }

  private static InetSocketAddress freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }
  }

  private static void awaitAnswer(InetSocketAddress address, Process process, long begin)
      throws IOException {
    while (!listens(address)) {
      if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
        process.destroyForcibly();
        throw new IOException("the daemon does not start");
      }
      LockSupport.parkNanos(PAUSE_NANOS); // nothing else tells that a port is bound
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  HttpConnection connect() throws IOException {
    return new HttpConnection(address);
  }

  /** Stops it, if it is ours, and waits for its end. */
  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException stopped) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
