package io.execd.os.command;

import io.execd.os.file.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The directory of this daemon's logs, which only its user may enter, below the directory for
 * temporary files. It is made with the first log and removed at the end; that of a killed daemon is
 * removed by the next one, which knows it by a lock that nobody holds. Its name begins with a dot:
 * {@code rm -rf /tmp/*} passes it over. Thread-safe.
 */
final class LogFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogFolder.class.getName());
  private static final String PREFIX = ".execd-logs-";
  private static final String LOCK = "lock";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path parent;
  private final ReentrantLock lock = new ReentrantLock();

  // Both guarded by lock. The channel holds the lock of the folder, or is null with it.
  private @Nullable Path folder;
  private @Nullable FileChannel held;
  private long number;

  /**
   * @param parent where directories of all daemons are
   */
  LogFolder(Path parent) {
    this.parent = parent;
  }

  /** Below the directory for temporary files. */
  static LogFolder ofDaemon() {
    return new LogFolder(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  /** A new, empty log. */
  LogFile create() throws IOException {
    lock.lock();
    try {
      Path now = folder;
      if (now == null || !Files.isDirectory(now)) {
        now = make();
      }
      return new LogFile(Files.createFile(now.resolve(Long.toString(number++)), OWNER_ONLY));
    } finally {
      lock.unlock();
    }
  }

  private Path make() throws IOException {
    release();
    Path made = Files.createTempDirectory(parent, PREFIX);
    held =
        FileChannel.open(
            made.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    held.lock();
    folder = made;
    return made;
  }

  private void release() throws IOException {
    FileChannel channel = held;
    held = null;
    folder = null;
    if (channel != null) {
      channel.close();
    }
  }

  /** Removes the directories that daemons of this user have left, which ended without notice. */
  void removeLeftovers() {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path one : found) {
        removeIfLeft(one);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "logs of an earlier run cannot be removed", e);
    }
  }

  private static void removeIfLeft(Path one) throws IOException {
    if (!PrivateFolder.isOurs(one)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(one.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      if (free != null) {
        remove(one);
      }
    } catch (OverlappingFileLockException ours) {
      LOG.log(Level.DEBUG, "{0} is in use", one);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }

  /** Removes it with what is left in it. */
  @Override
  public void close() {
    lock.lock();
    try {
      Path now = folder;
      if (now != null && Files.isDirectory(now)) {
        remove(now);
      }
      release();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the logs cannot be removed", e);
    } finally {
      lock.unlock();
    }
  }
}
