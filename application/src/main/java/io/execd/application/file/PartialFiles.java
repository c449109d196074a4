package io.execd.application.file;

import io.execd.domain.file.FileError;
import io.execd.domain.file.FileFailures;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The uploads that come in pieces: which are open, which is being written to, and the end of those
 * that nobody goes on with. Also removes what a daemon that was killed has left. Thread-safe.
 */
public final class PartialFiles {
  static final String PREFIX = ".execd-resume-";

  /** How long an upload may pause. */
  static final Duration PATIENCE = Duration.ofDays(1);

  private static final System.Logger LOG = System.getLogger(PartialFiles.class.getName());
  private static final long SWEEP_MINUTES = 60;

  private final FilePorts ports;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;
  private final Set<FilePath> open = ConcurrentHashMap.newKeySet();
  private final Set<FilePath> busy = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();

  /**
   * Nothing is open yet.
   *
   * @param timer gets short, non-blocking tasks only
   */
  public PartialFiles(FilePorts ports, ScheduledExecutorService timer, InstantSource clock) {
    this.ports = ports;
    this.timer = timer;
    this.clock = clock;
  }

  /** False when somebody else has it. */
  boolean claim(FilePath partial) {
    return busy.add(partial);
  }

  void release(FilePath partial) {
    busy.remove(partial);
  }

  /** To be called before the file is made. */
  void track(FilePath partial) {
    ports.journal().began(partial);
    watch(partial);
  }

  private void watch(FilePath partial) {
    open.add(partial);
    if (sweeping.compareAndSet(false, true)) {
      ScheduledFuture<?> _ =
          timer.scheduleWithFixedDelay(
              () -> Thread.startVirtualThread(this::sweep),
              SWEEP_MINUTES,
              SWEEP_MINUTES,
              TimeUnit.MINUTES);
    }
  }

  void forget(FilePath partial) {
    open.remove(partial);
    ports.journal().ended(partial);
  }

  boolean isAnyOpen() {
    return !open.isEmpty();
  }

  /** Whether this daemon, or one before it, made the file, and it has not ended. */
  boolean isOpen(FilePath partial) {
    return open.contains(partial);
  }

  /** The size of a partial file; empty when there is none that can still be gone on with. */
  OptionalLong size(Folder top, FilePath partial, FilePath asked) {
    try {
      FileStatus status = top.status(partial.octets(), false);
      if (status.type() == FileType.FILE && !isAbandoned(status)) {
        return OptionalLong.of(status.sizeBytes());
      }
      remove(top, partial);
      return OptionalLong.empty();
    } catch (FileError error) {
      if (error.isMissing()) {
        return OptionalLong.empty();
      }
      throw FileFailures.looking(asked, "look for an upload", error);
    }
  }

  private boolean isAbandoned(FileStatus status) {
    Instant last = status.modified();
    return last.plus(PATIENCE).isBefore(clock.instant());
  }

  /** Whether it is gone now. */
  boolean remove(Folder top, FilePath partial) {
    try {
      top.remove(partial.octets());
    } catch (FileError error) {
      if (!error.isMissing()) {
        LOG.log(Level.WARNING, "an unfinished file stays: {0}: {1}", partial, error.getMessage());
        return false;
      }
    }
    forget(partial);
    return true;
  }

  /** Removes the uploads that nobody goes on with. */
  void sweep() {
    for (FilePath partial : new HashSet<>(open)) {
      if (claim(partial)) {
        try {
          ports.access().briefly(Optional.empty(), top -> removeIfAbandoned(top, partial));
        } finally {
          release(partial);
        }
      }
    }
  }

  private boolean removeIfAbandoned(Folder top, FilePath partial) {
    try {
      return isAbandoned(top.status(partial.octets(), false)) && remove(top, partial);
    } catch (FileError gone) {
      forget(partial);
      return true;
    }
  }

  /**
   * Takes care of what earlier daemons have left: files and copies that nobody can finish go,
   * uploads that can be resumed stay. Blocks while it removes.
   */
  public void recover() {
    for (FilePath left : ports.journal().inherit()) {
      if (left.name().startsWith(PREFIX)) {
        watch(left);
      } else if (left.name().startsWith(Partial.PREFIX)) {
        ports
            .access()
            .atLength(Optional.empty(), top -> TreeRemoval.discard(ports.journal(), top, left));
      } else {
        ports.journal().ended(left);
      }
    }
    sweep();
  }
}
