package io.execd.domain.file;

import io.execd.domain.Failure;
import io.execd.domain.OsError;
import io.execd.domain.command.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files in memory, all of which belong to root. Other identities are noted and have root's rights,
 * unless the fake is told that it may not switch.
 */
public final class FakeFileAccess implements FileAccess {
  private static final int MOST_LINKS = 40;

  private final FakeNode root = FakeNode.folder();
  private final Set<String> mounts = ConcurrentHashMap.newKeySet();
  private final List<Identity> identities = new ArrayList<>();
  private boolean mayNotSwitch;
  private boolean full;
  private Runnable meanwhile = () -> {};

  @Override
  public <T> T briefly(Optional<Identity> identity, Work<T> work) {
    synchronized (root) {
      identity.ifPresent(this::note);
      return work.run(new FakeFolder(this, root, true));
    }
  }

  @Override
  public <T> T atLength(Optional<Identity> identity, Work<T> work) {
    return briefly(identity, work);
  }

  /** Told of everything but devices, which stand for what has to be waited for. */
  @Override
  public Optional<FileStatus> statusAtOnce(FilePath path) {
    try {
      FileStatus status = briefly(Optional.empty(), top -> top.status(path.octets(), false));
      return Optional.of(status).filter(found -> found.type() != FileType.OTHER);
    } catch (FileError missing) {
      return Optional.empty();
    }
  }

  private void note(Identity identity) {
    if (mayNotSwitch) {
      throw new Failure(Failure.Code.NOT_SUPPORTED, "this fake may not switch");
    }
    identities.add(identity);
  }

  /** From now on other identities are refused. */
  public void forbidSwitching() {
    mayNotSwitch = true;
  }

  /** From now on nothing can be written, or can again. */
  public void setFull(boolean isFull) {
    full = isFull;
  }

  boolean isFull() {
    return full;
  }

  /** Whose rights were asked for, in order. */
  public List<Identity> identities() {
    synchronized (root) {
      return List.copyOf(identities);
    }
  }

  /** Makes a file with the folders around it. */
  public FakeFileAccess file(String path, String content) {
    FakeNode file = FakeNode.file(0644);
    file.write(content.getBytes(StandardCharsets.UTF_8));
    put(path, file);
    return this;
  }

  public FakeFileAccess folder(String path) {
    put(path, FakeNode.folder());
    return this;
  }

  public FakeFileAccess link(String path, String target) {
    put(path, FakeNode.link(target));
    return this;
  }

  public FakeFileAccess device(String path) {
    put(path, FakeNode.device());
    return this;
  }

  /** This folder, with what is below it, is on another file system. */
  public FakeFileAccess mount(String path) {
    synchronized (root) {
      find(root, path, false).mount();
    }
    return bind(path);
  }

  /** The same, but what is mounted there is part of the file system around it. */
  public FakeFileAccess bind(String path) {
    mounts.add(path + "/");
    return this;
  }

  boolean isAcross(String path, String other) {
    return mounts.stream().anyMatch(mount -> path.startsWith(mount) != other.startsWith(mount));
  }

  /** Nobody may look into this folder any more. */
  public FakeFileAccess lock(String path) {
    synchronized (root) {
      find(root, path.substring(1), false).locked = true;
    }
    return this;
  }

  /** Nobody may change what is in this folder any more. */
  public FakeFileAccess keep(String path) {
    synchronized (root) {
      find(root, path, false).kept = true;
    }
    return this;
  }

  /** This folder takes no new name any more. */
  public FakeFileAccess shut(String path) {
    synchronized (root) {
      find(root, path, false).shut = true;
    }
    return this;
  }

  /** This file is a mount point. */
  public FakeFileAccess mountFile(String path) {
    synchronized (root) {
      find(root, path, false).busy = true;
    }
    return this;
  }

  /** A link of the kernel, whose text may name something else. */
  public FakeFileAccess magicLink(String path, String target) {
    link(path, target);
    synchronized (root) {
      find(root, path, false).magic = true;
    }
    return this;
  }

  /** Does something just before the next bytes are written. */
  public void beforeWriting(Runnable interference) {
    meanwhile = interference;
  }

  void interfere() {
    Runnable interference = meanwhile;
    meanwhile = () -> {};
    interference.run();
  }

  /** The content of a file as text. */
  public String text(String path) {
    synchronized (root) {
      return new String(find(root, path.substring(1), true).content(), StandardCharsets.UTF_8);
    }
  }

  /** The names in a folder, in order. */
  public List<String> names(String path) {
    synchronized (root) {
      return List.copyOf(find(root, path.substring(1), true).children.keySet());
    }
  }

  private void put(String path, FakeNode node) {
    synchronized (root) {
      FakeNode folder = root;
      String[] names = path.substring(1).split("/", -1);
      for (int i = 0; i < names.length - 1; i++) {
        folder = folder.children.computeIfAbsent(names[i], name -> FakeNode.folder());
      }
      folder.children.put(names[names.length - 1], node);
    }
  }

  /** The node of a path relative to a folder; links on the way are followed. */
  FakeNode find(FakeNode folder, String path, boolean follow) {
    return find(folder, path, follow, 0);
  }

  private FakeNode find(FakeNode start, String path, boolean follow, int links) {
    if (links > MOST_LINKS) {
      throw error("ELOOP");
    }
    FakeNode at = start;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      if (names[i].isEmpty() || names[i].equals(".")) {
        continue;
      }
      FakeNode around = at;
      at = child(around, names[i]);
      boolean last = i == names.length - 1;
      if (at.type == FileType.SYMLINK && (!last || follow)) {
        boolean absolute = at.link.startsWith("/");
        at = find(absolute ? root : around, at.link, true, links + 1);
      }
    }
    return at;
  }

  private static FakeNode child(FakeNode folder, String name) {
    if (!folder.isFolder()) {
      throw error("ENOTDIR");
    }
    if (folder.locked) {
      throw error("EACCES");
    }
    if (name.length() > 255) {
      throw error("ENAMETOOLONG");
    }
    FakeNode child = folder.children.get(name);
    if (child == null) {
      throw error("ENOENT");
    }
    return child;
  }

  static FileError error(String name) {
    return new FileError(new OsError(0, name, "fake " + name));
  }
}
