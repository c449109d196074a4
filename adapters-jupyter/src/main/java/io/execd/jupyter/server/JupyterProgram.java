package io.execd.jupyter.server;

import io.execd.domain.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the program that is a Jupyter server, and knows how it wants to be started. */
final class JupyterProgram {
  private JupyterProgram() {}

  /**
   * The words that start a server on a loopback port, before whose clients nothing is held back.
   *
   * @param venv where to look first
   * @param searchPath the PATH to look on then
   */
  static List<String> words(Optional<Path> venv, String searchPath, int port) {
    List<String> words = new ArrayList<>(find(venv, searchPath));
    words.addAll(
        List.of(
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=" + port,
            "--ServerApp.port_retries=0",
            "--ServerApp.open_browser=False",
            "--ServerApp.allow_root=True",
            "--ServerApp.root_dir=/",
            "--ServerApp.terminals_enabled=False",
            "--ServerApp.tornado_settings={'websocket_max_message_size': 67108864}",
            "--ServerApp.iopub_msg_rate_limit=1e9",
            "--ServerApp.iopub_data_rate_limit=1e12",
            "--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit=1e9",
            "--ZMQChannelsWebsocketConnection.iopub_data_rate_limit=1e12",
            "--AsyncIOLoopKernelRestarter.time_to_dead=0.5",
            "--ServerApp.log_level=WARN"));
    return words;
  }

  private static List<String> find(Optional<Path> venv, String searchPath) {
    List<Path> folders = new ArrayList<>();
    venv.ifPresent(folder -> folders.add(folder.resolve("bin")));
    Stream.of(searchPath.split(File.pathSeparator, -1))
        .filter(entry -> entry.startsWith("/"))
        .map(Path::of)
        .forEach(folders::add);
    return program(folders, "jupyter-server")
        .map(List::of)
        .or(() -> program(folders, "jupyter").map(program -> List.of(program, "server")))
        .orElseThrow(() -> missing(venv));
  }

  private static Optional<String> program(List<Path> folders, String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static Failure missing(Optional<Path> venv) {
    return new Failure(
        Failure.Code.RUNTIME_ERROR,
        "there is no Jupyter on this machine: neither jupyter-server nor jupyter is on PATH"
            + venv.map(folder -> " or in " + folder).orElse("")
            + "; install it with 'pip install jupyter-server ipykernel', or name its virtual"
            + " environment with --jupyter-venv (EXECD_JUPYTER_VENV)");
  }

  /** The environment of the server, and so of its kernels. */
  static Map<String, String> environment(Map<String, String> inherited, Optional<Path> venv) {
    venv.ifPresent(folder -> {
      String path = inherited.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
      inherited.put("PATH", folder.resolve("bin") + File.pathSeparator + path);
      inherited.put("VIRTUAL_ENV", folder.toString());
    });
    return inherited;
  }
}
