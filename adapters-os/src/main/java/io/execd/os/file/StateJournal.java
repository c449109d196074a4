package io.execd.os.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.execd.domain.file.FilePath;
import io.execd.domain.file.UploadJournal;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a folder of the daemon's user. Each daemon appends to a file of its own, which it
 * keeps locked: a file that can be locked belongs to a daemon that is gone. An entry is a plus or a
 * minus, the path and a NUL. The file is made with the first upload and emptied now and then, when
 * nothing is unfinished.
 */
public final class StateJournal implements UploadJournal, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StateJournal.class.getName());
  private static final String SUFFIX = ".uploads";

  /** To empty the file takes longer than to write an entry. */
  private static final long TIDY_BYTES = 64 * 1024;

  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();

  private final Path own;

  // All guarded by lock.
  private final Set<FilePath> unfinished = new LinkedHashSet<>();
  private @Nullable FileChannel file;
  private long writtenBytes;
  private boolean unusable;

  /** In a folder that is made when it is needed. */
  public StateJournal(Path folder) {
    this.folder = folder;
    this.own = folder.resolve(UUID.randomUUID() + SUFFIX);
  }

  @Override
  public void began(FilePath partial) {
    lock.lock();
    try {
      unfinished.add(partial);
      append('+', partial);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(FilePath partial) {
    lock.lock();
    try {
      unfinished.remove(partial);
      append('-', partial);
      if (unfinished.isEmpty() && writtenBytes > TIDY_BYTES) {
        empty();
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(char sign, FilePath partial) {
    if (unusable) {
      return;
    }
    try {
      byte[] entry = (sign + partial.octets() + '\0').getBytes(ISO_8859_1);
      writtenBytes += channel().write(ByteBuffer.wrap(entry));
    } catch (IOException failed) {
      giveUp(failed);
    }
  }

  private void empty() {
    FileChannel open = file;
    if (open != null && !unusable) {
      try {
        open.truncate(0);
        writtenBytes = 0;
      } catch (IOException failed) {
        giveUp(failed);
      }
    }
  }

  private void giveUp(IOException why) {
    unusable = true;
    LOG.log(
        Level.WARNING,
        "no journal of uploads in {0}: were execd killed, parts of files would stay: {1}",
        folder,
        why.toString());
  }

  private FileChannel channel() throws IOException {
    FileChannel open = file;
    if (open == null) {
      PrivateFolder.make(folder);
      open =
          FileChannel.open(
              own,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
      file = open;
      FileLock _ = open.lock();
    }
    return open;
  }

  @Override
  public List<FilePath> inherit() {
    List<FilePath> all = new ArrayList<>();
    if (!PrivateFolder.isOurs(folder)) {
      return all;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path each : files) {
        all.addAll(inherit(each));
      }
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "journals of earlier uploads cannot be read", failed);
    }
    return all;
  }

  /** One file's; ours and those of daemons that live are locked. */
  private List<FilePath> inherit(Path journal) throws IOException {
    try (FileChannel other =
            FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock free = other.tryLock()) {
      if (free == null) {
        return List.of();
      }
      List<FilePath> left = left(Files.readAllBytes(journal));
      left.forEach(this::began);
      Files.delete(journal);
      return left;
    } catch (OverlappingFileLockException ours) {
      return List.of();
    }
  }

  private static List<FilePath> left(byte[] entries) {
    Set<FilePath> left = new LinkedHashSet<>();
    for (String entry : new String(entries, ISO_8859_1).split("\0", -1)) {
      if (entry.startsWith("+/")) {
        left.add(new FilePath(entry.substring(1)));
      } else if (entry.startsWith("-/")) {
        left.remove(new FilePath(entry.substring(1)));
      }
    }
    return List.copyOf(left);
  }

  /** Lets go of the file; nobody needs it when nothing is unfinished. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try (FileChannel open = file) {
      file = null;
      unusable = true;
      if (open != null && unfinished.isEmpty()) {
        Files.deleteIfExists(own);
      }
    } finally {
      lock.unlock();
    }
  }
}
