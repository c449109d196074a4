package io.execd.os.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder that only the daemon's user can write to: what lies in it is believed. */
public final class PrivateFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFolder() {}

  /**
   * The folder for what shall outlive the daemon: below {@code XDG_CACHE_HOME} or {@code HOME}, or
   * else below the folder for temporary files.
   */
  public static Path forState(Map<String, String> environment) {
    Path cache =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .filter(path -> path.startsWith("/"))
            .or(() ->
                Optional.ofNullable(environment.get("HOME"))
                    .filter(path -> path.startsWith("/"))
                    .map(home -> home + "/.cache"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    return cache.resolve("execd").resolve("uploads");
  }

  /** Makes it if it is not there. */
  static void make(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    if (!isOurs(folder)) {
      throw new IOException(folder + " is open to others");
    }
  }

  /** Whether it is a directory, no link, of the daemon's user, and closed to all others. */
  public static boolean isOurs(Path folder) {
    try {
      PosixFileAttributes found =
          Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      UserPrincipal we = Files.getOwner(Path.of("/proc/self"));
      return found.isDirectory()
          && found.owner().equals(we)
          && OWNER_ONLY.containsAll(found.permissions());
    } catch (IOException missing) {
      return false;
    }
  }
}
