package io.execd.os.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.execd.domain.OsError;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** A directory by its name. */
final class PortableFolder implements Folder {
  private static final int BATCH = 256;

  /** Empty for the top, where names are absolute paths. */
  private final Optional<Path> path;

  private Optional<DirectoryStream<Path>> stream = Optional.empty();
  private Optional<Iterator<Path>> rest = Optional.empty();

  private PortableFolder(Optional<Path> path) {
    this.path = path;
  }

  static PortableFolder top() {
    return new PortableFolder(Optional.empty());
  }

  private Path at(String name) {
    String text = text(name);
    return path.map(folder -> folder.resolve(text)).orElseGet(() -> Path.of(text));
  }

  private static String text(String octets) {
    return new String(octets.getBytes(ISO_8859_1), UTF_8);
  }

  private static LinkOption[] links(boolean follow) {
    return follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
  }

  @Override
  public Folder folder(String name, boolean follow) {
    if (!status(name, follow).isDirectory()) {
      throw new FileError(new OsError(0, "ENOTDIR", "not a directory"));
    }
    return new PortableFolder(Optional.of(at(name)));
  }

  @Override
  public boolean next(Entries entries) {
    Iterator<Path> names = NioErrors.get(this::names);
    for (int i = 0; i < BATCH && names.hasNext(); i++) {
      Path entry = names.next();
      String text = entry.getFileName().toString();
      entries.entry(new String(text.getBytes(UTF_8), ISO_8859_1), type(entry));
    }
    return names.hasNext();
  }

  @SuppressWarnings("StreamResourceLeak") // closed with the folder
  private Iterator<Path> names() throws IOException {
    if (rest.isEmpty()) {
      DirectoryStream<Path> opened = Files.newDirectoryStream(path.orElseThrow());
      stream = Optional.of(opened);
      rest = Optional.of(opened.iterator());
    }
    return rest.get();
  }

  private static FileType type(Path entry) {
    return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
        ? FileType.DIRECTORY
        : FileType.OTHER;
  }

  @Override
  public void rewind() {
    stream.ifPresent(PortableFolder::close);
    stream = Optional.empty();
    rest = Optional.empty();
  }

  /** It has no descriptor until it is read. */
  @Override
  public void suspend() {}

  @Override
  public void resume(Folder child) {}

  @Override
  public FileStatus status(String name, boolean follow) {
    return NioErrors.get(() -> NioStatus.read(at(name), links(follow)));
  }

  @Override
  public OpenFile open(String name, Mode mode) {
    return NioErrors.get(() -> opened(at(name), mode));
  }

  private static OpenFile opened(Path file, Mode mode) throws IOException {
    if (Files.isDirectory(file) && mode != Mode.READ) {
      throw new FileError(new OsError(0, "EISDIR", "is a directory"));
    }
    FileChannel channel =
        switch (mode) {
          case READ -> FileChannel.open(file, StandardOpenOption.READ);
          case WRITE -> FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
          case WRITE_THROUGH -> FileChannel.open(file, StandardOpenOption.WRITE);
          case CREATE -> create(file, "rw-r--r--");
          case CREATE_PRIVATE -> create(file, "rw-------");
        };
    return new PortableFile(file, channel);
  }

  private static FileChannel create(Path file, String mode) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), permissions(mode));
  }

  private static FileAttribute<Set<PosixFilePermission>> permissions(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  @Override
  public String readLink(String name) {
    String text = NioErrors.get(() -> Files.readSymbolicLink(at(name)).toString());
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** Only Linux has them. */
  @Override
  public boolean isMagicLink(String name) {
    return false;
  }

  @Override
  public void makeFolder(String name) {
    NioErrors.run(() -> Files.createDirectory(at(name)));
  }

  @Override
  public void makePrivateFolder(String name) {
    NioErrors.run(() -> Files.createDirectory(at(name), permissions("rwx------")));
  }

  @Override
  public void makeLink(String name, String target) {
    NioErrors.run(() -> Files.createSymbolicLink(at(name), Path.of(text(target))));
  }

  @Override
  public void remove(String name) {
    if (status(name, false).isDirectory()) {
      throw new FileError(new OsError(0, "EISDIR", "is a directory"));
    }
    NioErrors.run(() -> Files.delete(at(name)));
  }

  @Override
  public void removeFolder(String name) {
    if (!status(name, false).isDirectory()) {
      throw new FileError(new OsError(0, "ENOTDIR", "not a directory"));
    }
    NioErrors.run(() -> Files.delete(at(name)));
  }

  /** Not in one step when nothing is to be replaced: java.nio has no such move. */
  @Override
  public void rename(String name, Folder target, String targetName, boolean replace) {
    Path to = ((PortableFolder) target).at(targetName);
    if (!replace && Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileError(new OsError(0, "EEXIST", "it exists already"));
    }
    NioErrors.run(() -> Files.move(at(name), to, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void setMode(String name, int mode) {
    NioErrors.run(() -> Files.setAttribute(at(name), "unix:mode", mode));
  }

  @Override
  public void setOwner(String name, long uid, long gid, boolean follow) {
    NioErrors.run(() -> NioStatus.setOwner(at(name), uid, gid, links(follow)));
  }

  @Override
  public void setModified(String name, Instant time) {
    NioErrors.run(() ->
        Files.getFileAttributeView(at(name), BasicFileAttributeView.class, links(false))
            .setTimes(FileTime.from(time), null, null));
  }

  @Override
  public void requireWritable(String name) {
    if (!Files.isWritable(at(name))) {
      throw new FileError(new OsError(0, "EACCES", "permission denied"));
    }
  }

  @Override
  public void close() {
    rewind();
  }

  private static void close(DirectoryStream<Path> stream) {
    NioErrors.run(stream::close);
  }
}
