package io.execd.application.file;

import io.execd.domain.Failure;
import io.execd.domain.command.Identity;
import io.execd.domain.file.FileAccess.Work;
import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.UploadJournal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody who works on files.
 *
 * @param identity whose rights count; empty for the daemon's own
 */
record Actor(FilePorts ports, Optional<Identity> identity) {

  <T> T briefly(Work<T> work) {
    return ports.access().briefly(identity, work);
  }

  <T> T atLength(Work<T> work) {
    return ports.access().atLength(identity, work);
  }

  /** For many small things at once. */
  <T> T forAll(int count, Work<T> work) {
    final int few = 16;
    return count > few ? atLength(work) : briefly(work);
  }

  FilePath path(String field, String text) {
    return FilePath.of(field, text, ports.origin(), this::exists);
  }

  private boolean exists(FilePath path) {
    return briefly(top -> Changes.isThere(top, path));
  }

  FileInfo info(FilePath path, FileStatus status) {
    return new FileInfo(
        path,
        status,
        ports.owners().userName(status.uid()),
        ports.owners().groupName(status.gid()));
  }

  UploadJournal journal() {
    return ports.journal();
  }

  /** The user's id, or {@link Folder#UNCHANGED} when none is named. */
  long user(Optional<String> owner) {
    return owner
        .map(name -> known("owner", name, ports.owners().user(name)))
        .orElse(Folder.UNCHANGED);
  }

  /** The group's id, or {@link Folder#UNCHANGED} when none is named. */
  long group(Optional<String> group) {
    return group
        .map(name -> known("group", name, ports.owners().group(name)))
        .orElse(Folder.UNCHANGED);
  }

  private static long known(String field, String name, OptionalLong id) {
    return id.orElseThrow(() -> Failure.invalidField(field, "nobody is called '" + name + "'"));
  }
}
