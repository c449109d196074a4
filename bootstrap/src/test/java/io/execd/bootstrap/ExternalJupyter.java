package io.execd.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Jupyter server that somebody else runs. Ends with its test, and its kernels with it. */
final class ExternalJupyter implements AutoCloseable {
  private final Process process;

  /** Starts one and waits until it listens. */
  ExternalJupyter(Path folder, int port, String... settings)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Kernels.neededVenv().resolve("bin/jupyter-server").toString(),
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=" + port,
                "--ServerApp.port_retries=0",
                "--ServerApp.allow_root=True",
                "--ServerApp.open_browser=False"));
    words.addAll(List.of(settings));
    process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jupyter-" + port + ".log").toFile())
            .start();
    RunningDaemon.await("Jupyter listens", () -> listens(port));
  }

  private boolean listens(int port) {
    if (!process.isAlive()) {
      throw new AssertionError("Jupyter has ended with " + process.exitValue());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
