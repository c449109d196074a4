package io.execd.bootstrap.wiring;

import io.execd.application.file.FilePorts;
import io.execd.application.file.FileService;
import io.execd.application.file.Filesystem;
import io.execd.application.file.PartialFiles;
import io.execd.domain.SecretVariables;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FilePath;
import io.execd.os.command.FileAccounts;
import io.execd.os.command.OwnAccounts;
import io.execd.os.file.PrivateFolder;
import io.execd.os.file.StateJournal;
import io.execd.os.file.SystemOwners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The file slice, which comes into being with the first request for files. */
final class LazyFiles {
  private final Map<String, String> environment;
  private final FileAccess access;
  private final ScheduledExecutorService timer;
  private final ReentrantLock making = new ReentrantLock();

  /** Written once, under {@link #making}. */
  private volatile @Nullable Made made;

  private record Made(Filesystem service, PartialFiles partials, StateJournal journal) {}

  LazyFiles(Map<String, String> environment, FileAccess access, ScheduledExecutorService timer) {
    this.environment = new HashMap<>(environment);
    SecretVariables.removeFrom(this.environment);
    this.access = access;
    this.timer = timer;
  }

  Filesystem service() {
    return made().service;
  }

  /** Takes care of what killed daemons have left, if they have left anything. */
  void recover() {
    if (Files.isDirectory(journals())) {
      made().partials.recover();
    }
  }

  private Path journals() {
    return PrivateFolder.forState(environment);
  }

  private Made made() {
    Made now = made;
    if (now != null) {
      return now;
    }
    making.lock();
    try {
      now = made;
      if (now == null) {
        now = make();
        made = now;
      }
      return now;
    } finally {
      making.unlock();
    }
  }

  private Made make() {
    StateJournal journal = new StateJournal(journals());
    FilePorts ports =
        new FilePorts(
            access,
            new SystemOwners(),
            new OwnAccounts(new FileAccounts(), environment),
            journal,
            new FilePath.Origin(environment, System.getProperty("user.dir", "/")));
    PartialFiles partials = new PartialFiles(ports, timer, InstantSource.system());
    return new Made(new FileService(ports, partials), partials, journal);
  }

  void close() throws IOException {
    Made now = made;
    if (now != null) {
      now.journal.close();
    }
  }
}
