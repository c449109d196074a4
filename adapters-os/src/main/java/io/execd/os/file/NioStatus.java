package io.execd.os.file;

import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** What java.nio knows of a file on a Unix. */
final class NioStatus {
  private static final int PERMISSION_BITS = 07777;

  private NioStatus() {}

  static FileStatus read(Path path, LinkOption... links) throws IOException {
    Map<String, Object> all = Files.readAttributes(path, "unix:*", links);
    int mode = (Integer) value(all, "mode");
    Instant changed = time(all, "ctime");
    return new FileStatus(
        FileType.ofMode(mode),
        mode & PERMISSION_BITS,
        (Long) value(all, "size"),
        time(all, "lastModifiedTime"),
        changed,
        time(all, "creationTime"),
        new FileStatus.Id((Long) value(all, "dev"), (Long) value(all, "ino")),
        Integer.toUnsignedLong((Integer) value(all, "uid")),
        Integer.toUnsignedLong((Integer) value(all, "gid")),
        false);
  }

  private static Object value(Map<String, Object> all, String name) throws IOException {
    Object value = all.get(name);
    if (value == null) {
      throw new IOException("this machine does not tell the " + name + " of files");
    }
    return value;
  }

  private static Instant time(Map<String, Object> all, String name) throws IOException {
    return ((FileTime) value(all, name)).toInstant();
  }

  static void setOwner(Path path, long uid, long gid, LinkOption... links) throws IOException {
    if (uid != Folder.UNCHANGED) {
      Files.setAttribute(path, "unix:uid", (int) uid, links);
    }
    if (gid != Folder.UNCHANGED) {
      Files.setAttribute(path, "unix:gid", (int) gid, links);
    }
  }
}
