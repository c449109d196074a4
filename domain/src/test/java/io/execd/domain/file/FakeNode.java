package io.execd.domain.file;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A file, folder or link in memory. Guarded by the file system it is in. */
final class FakeNode {
  private static final AtomicLong INODES = new AtomicLong();
  private static final Instant START = Instant.parse("2026-06-09T10:13:20.125Z");

  final FileType type;
  final SortedMap<String, FakeNode> children = new TreeMap<>();
  final String link;
  private final long inode = INODES.incrementAndGet();
  private byte[] content = {};
  private Instant modified = START.plusNanos(inode);
  private int mode;
  private long uid;
  private long gid;

  private long device = 1;

  /** Whether nobody may look into it. */
  boolean locked;

  /** Whether nobody may change what is in it, which is not checked when it is done. */
  boolean kept;

  /** Whether it takes no new name. */
  boolean shut;

  /** Whether something is mounted on it, so that it cannot be replaced. */
  boolean busy;

  /** Whether it is a link of the kernel. */
  boolean magic;

  private FakeNode(FileType type, String link, int mode) {
    this.type = type;
    this.link = link;
    this.mode = mode;
  }

  static FakeNode folder() {
    return new FakeNode(FileType.DIRECTORY, "", 0755);
  }

  static FakeNode file(int mode) {
    return new FakeNode(FileType.FILE, "", mode);
  }

  static FakeNode link(String target) {
    return new FakeNode(FileType.SYMLINK, target, 0777);
  }

  static FakeNode device() {
    return new FakeNode(FileType.OTHER, "", 0666);
  }

  boolean isFolder() {
    return type == FileType.DIRECTORY;
  }

  byte[] content() {
    return content.clone();
  }

  void write(byte[] bytes) {
    content = bytes.clone();
    modified = modified.plusNanos(1000);
  }

  void setModified(Instant time) {
    modified = time;
  }

  void setMode(int bits) {
    mode = bits;
  }

  void setOwner(long user, long group) {
    uid = user == Folder.UNCHANGED ? uid : user;
    gid = group == Folder.UNCHANGED ? gid : group;
  }

  /** Says that it is on another file system than all others. */
  void mount() {
    device = inode + 1;
  }

  FileStatus status() {
    FileStatus.Id id = new FileStatus.Id(device, inode);
    return new FileStatus(
        type, mode, content.length, modified, modified, START, id, uid, gid, busy);
  }
}
