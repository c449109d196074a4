package io.execd.os.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.Failure;
import io.execd.domain.SecretVariables;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FileError;
import io.execd.domain.file.Octets;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The daemon's variables without its secrets and without what the shell that started it wrote down
 * about itself, then those of the file that {@code EXECD_ENVS} names. A line that is no assignment
 * is left out and logged once with file and line: one bad line must neither break every command nor
 * go unseen.
 */
public final class DaemonEnvironment implements EnvironmentSource {
  private static final System.Logger LOG = System.getLogger(DaemonEnvironment.class.getName());
  private static final Path OWN = Path.of("/proc/self/environ");
  private static final String FILE = "EXECD_ENVS";

  /** What shells keep about themselves: a child has another directory, and may be another shell. */
  private static final Set<String> OF_THE_SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_");

  private static final int MOST_COMPLAINTS = 100;

  private final Supplier<Map<String, String>> daemon;
  private final FileAccess files;
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();

  /**
   * Over this process's own environment.
   *
   * @param files where to look whether a path exists: names that are no text of the locale are none
   *     that Java could look for
   */
  public DaemonEnvironment(FileAccess files) {
    this(DaemonEnvironment::own, files);
  }

  DaemonEnvironment(Supplier<Map<String, String>> daemon, FileAccess files) {
    this.daemon = daemon;
    this.files = files;
  }

  @Override
  public Map<String, String> read() {
    Map<String, String> variables = new HashMap<>(daemon.get());
    SecretVariables.removeFrom(variables);
    variables.keySet().removeAll(OF_THE_SHELL);
    String file = variables.getOrDefault(FILE, "");
    if (!file.isEmpty()) {
      add(file, variables);
      SecretVariables.removeFrom(variables);
    }
    return variables;
  }

  @Override
  public boolean exists(String path) {
    return files.briefly(
        Optional.empty(),
        top -> {
          try {
            top.status(absolute(path), false);
            return true;
          } catch (FileError | Failure missing) {
            return false;
          }
        });
  }

  private static String absolute(String path) {
    String octets = Octets.of("path", path);
    String directory = System.getProperty("user.dir", "/");
    return octets.startsWith("/") ? octets : Octets.of("path", directory) + "/" + octets;
  }

  private void add(String file, Map<String, String> variables) {
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (EnvsLine.blank(lines.get(i))) {
        continue;
      }
      Optional<EnvsLine> assignment = EnvsLine.parse(lines.get(i));
      String value = assignment.map(line -> line.value(variables)).orElse("");
      if (assignment.isEmpty()) {
        complain(file + ":" + (i + 1) + ": not of the form NAME=value, left out");
      } else if (value.length() > EnvsLine.MOST_CHARACTERS) {
        complain(file + ":" + (i + 1) + ": longer than 128 Ki characters, left out");
      } else {
        variables.put(assignment.get().name(), value);
      }
    }
  }

  private static List<String> lines(String file) {
    try {
      return new String(Files.readAllBytes(Path.of(file)), UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new Failure(
          Failure.Code.RUNTIME_ERROR, FILE + ": cannot read " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(e.getMessage());
  }

  /** Once for each line, and bounded: the file is read for every command. */
  private void complain(String problem) {
    if (complaints.size() < MOST_COMPLAINTS && complaints.add(problem)) {
      LOG.log(Level.WARNING, problem);
    }
  }

  /**
   * The variables that this process was started with, secrets among them. By /proc where there is
   * one: the JVM damages what is not ASCII when no locale is set.
   */
  public static Map<String, String> own() {
    try {
      return parse(Files.readAllBytes(OWN));
    } catch (IOException e) {
      return System.getenv();
    }
  }

  private static Map<String, String> parse(byte[] block) {
    Map<String, String> variables = new HashMap<>();
    for (String entry : new String(block, UTF_8).split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return variables;
  }
}
