package io.execd.application.file;

import io.execd.domain.command.Accounts;
import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FileOwners;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Octets;
import io.execd.domain.file.UploadJournal;

/**
 * What {@link FileService} uses and does not own.
 *
 * @param origin where the paths of callers start
 */
public record FilePorts(
    FileAccess access,
    FileOwners owners,
    Accounts accounts,
    UploadJournal journal,
    FilePath.Origin origin) {

  /** A path among temporary files, of the daemon and of other users alike. */
  FilePath temporary(String name) {
    String folder = origin.environment().getOrDefault("TMPDIR", "");
    return new FilePath(folder.startsWith("/") ? Octets.of("TMPDIR", folder) : "/tmp").child(name);
  }
}
