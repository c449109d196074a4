package io.execd.jupyter.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a Jupyter server that are a program: it ends when the daemon does, however that
 * ended, and it stops a kernel whose output nobody takes. They are a file that Jupyter reads once,
 * when it starts, with its token in a file beside it; closing this removes both.
 */
final class ServerConfiguration implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ServerConfiguration.class.getName());
  private static final String FILE = "jupyter_server_config.py";
  private static final String TOKEN_FILE = "token";
  private static final String VARIABLE = "JUPYTER_CONFIG_PATH";

  private final Optional<Path> folder;
  private final String token;

  private ServerConfiguration(Optional<Path> folder, String token) {
    this.folder = folder;
    this.token = token;
  }

  /** Writes it; where nothing can be written the server has to do without. */
  static ServerConfiguration write(String token) {
    try (InputStream file = ServerConfiguration.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      Path folder = Files.createTempDirectory("execd-jupyter");
      Files.copy(file, folder.resolve(FILE));
      writePrivately(folder.resolve(TOKEN_FILE), token);
      return new ServerConfiguration(Optional.of(folder), token);
    } catch (IOException unwritable) {
      LOG.log(
          Level.WARNING,
          "Jupyter would outlive a killed daemon, may need much memory for a client that is"
              + " slow, and its kernels see its token: its settings could not be written ({0})",
          unwritable.toString());
      return new ServerConfiguration(Optional.empty(), token);
    }
  }

  private static void writePrivately(Path file, String text) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    Files.writeString(file, text);
  }

  /**
   * Has a server with this environment read it, before others that are meant for it. The token is a
   * variable only where there is no file: kernels inherit the environment, and show it in /proc.
   */
  void addTo(Map<String, String> environment) {
    folder.ifPresentOrElse(
        path ->
            environment.merge(
                VARIABLE, path.toString(), (others, own) -> own + File.pathSeparator + others),
        () -> environment.put("JUPYTER_TOKEN", token));
  }

  @Override
  public void close() {
    folder.ifPresent(path -> {
      try {
        Files.deleteIfExists(path.resolve(TOKEN_FILE));
        Files.deleteIfExists(path.resolve(FILE));
        Files.deleteIfExists(path);
      } catch (IOException kept) {
        LOG.log(Level.WARNING, "could not be removed: {0}", kept.toString());
      }
    });
  }
}
