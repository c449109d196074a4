package io.execd.domain.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.file.Folder.Mode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link FileAccess} must do, the fake and the real ones alike. */
public abstract class FileAccessContract {
  private FileAccess access;
  private String root;

  /** The one under test. */
  protected abstract FileAccess access() throws Exception;

  /** An empty folder in it, without a slash at the end. */
  protected abstract String emptyFolder() throws Exception;

  @BeforeEach
  void open() throws Exception {
    access = access();
    root = emptyFolder();
  }

  private void with(Consumer<Folder> work) {
    access.atLength(
        Optional.empty(),
        top -> {
          work.accept(top);
          return true;
        });
  }

  private String path(String name) {
    return root + "/" + name;
  }

  private void write(Folder top, String name, String text) {
    try (OpenFile file = top.open(path(name), Mode.CREATE)) {
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
    }
  }

  private static String read(OpenFile file, long from) {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    file.read(bytes, from);
    return new String(bytes.array(), 0, bytes.position(), UTF_8);
  }

  private String read(Folder top, String name) {
    try (OpenFile file = top.open(path(name), Mode.READ)) {
      return read(file, 0);
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      String error, ThrowingCallable work) {
    return assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            FileError.class, refusal -> assertThat(refusal.error().name()).isEqualTo(error));
  }

  private static List<String> names(Folder folder) {
    List<String> names = new ArrayList<>();
    while (folder.next((name, type) -> names.add(name))) {
      // all of them
    }
    names.sort(null);
    return names;
  }

  @Test
  void whatIsWrittenIsRead() {
    with(top -> {
      write(top, "a", "hello");
      assertThat(read(top, "a")).isEqualTo("hello");
      FileStatus status = top.status(path("a"), false);
      assertThat(status.type()).isEqualTo(FileType.FILE);
      assertThat(status.sizeBytes()).isEqualTo(5);
    });
  }

  @Test
  void readsAndWritesAnywhere() {
    with(top -> {
      write(top, "a", "hello");
      try (OpenFile file = top.open(path("a"), Mode.WRITE)) {
        file.write(ByteBuffer.wrap("LLO!".getBytes(UTF_8)), 2);
        assertThat(file.status().sizeBytes()).isEqualTo(6);
      }
      try (OpenFile file = top.open(path("a"), Mode.READ)) {
        assertThat(read(file, 3)).isEqualTo("LO!");
        assertThat(read(file, 6)).isEmpty();
      }
    });
  }

  @Test
  void directBuffersWorkToo() {
    with(top -> {
      ByteBuffer bytes = ByteBuffer.allocateDirect(200_000);
      try (OpenFile file = top.open(path("a"), Mode.CREATE_PRIVATE)) {
        file.write(bytes, 0);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(file.status().sizeBytes()).isEqualTo(200_000);
      }
      try (OpenFile file = top.open(path("a"), Mode.READ)) {
        assertThat(file.read(bytes.clear(), 199_990)).isEqualTo(10);
        assertThat(bytes.position()).isEqualTo(10);
      }
    });
  }

  @Test
  void aNewFileMustBeNew() {
    with(top -> {
      write(top, "a", "old");
      refused("EEXIST", () -> top.open(path("a"), Mode.CREATE));
      assertThat(read(top, "a")).isEqualTo("old");
    });
  }

  @Test
  void nobodyElseReadsAPrivateFile() {
    with(top -> {
      top.open(path("a"), Mode.CREATE_PRIVATE).close();
      assertThat(top.status(path("a"), false).mode()).isEqualTo(0600);
      top.setMode(path("a"), 0640);
      assertThat(top.status(path("a"), false).mode()).isEqualTo(0640);
    });
  }

  @Test
  void whatIsMissingIsMissing() {
    with(top -> {
      write(top, "a", "");
      refused("ENOENT", () -> top.status(path("no"), false));
      refused("ENOENT", () -> top.open(path("no"), Mode.READ));
      refused("ENOENT", () -> top.remove(path("no")));
      refused("ENOENT", () -> top.folder(path("no"), true));
      refused("ENOENT", () -> top.rename(path("no"), top, path("x"), true));
      refused("ENOENT", () -> top.makeFolder(path("no/x")));
      refused("ENOTDIR", () -> top.folder(path("a"), true));
    });
  }

  @Test
  void foldersAreMadeListedAndRemoved() {
    with(top -> {
      top.makeFolder(path("d"));
      refused("EEXIST", () -> top.makeFolder(path("d")));
      write(top, "d/b", "");
      write(top, "d/a", "");
      refused("ENOTEMPTY", () -> top.removeFolder(path("d")));
      refused("EISDIR", () -> top.remove(path("d")));
      try (Folder folder = top.folder(path("d"), false)) {
        assertThat(names(folder)).containsExactly("a", "b");
        folder.rewind();
        assertThat(names(folder)).containsExactly("a", "b");
        folder.remove("a");
        folder.remove("b");
      }
      top.removeFolder(path("d"));
      refused("ENOENT", () -> top.status(path("d"), false));
    });
  }

  @Test
  void aLargeFolderIsListedWhole() {
    with(top -> {
      for (int i = 0; i < 3000; i++) {
        write(top, "file-with-a-long-name-" + i, "");
      }
      try (Folder folder = top.folder(root, false)) {
        assertThat(names(folder)).hasSize(3000).doesNotHaveDuplicates();
      }
    });
  }

  @Test
  void aSuspendedFolderGoesOnWhereItWas() {
    with(top -> {
      for (int i = 0; i < 3000; i++) {
        write(top, "file-with-a-long-name-" + i, "");
      }
      top.makeFolder(path("d"));
      List<String> names = new ArrayList<>();
      try (Folder folder = top.folder(root, false);
          Folder child = folder.folder("d", false)) {
        assertThat(folder.next((name, type) -> names.add(name))).isTrue();
        folder.suspend();
        folder.resume(child);
        assertThat(folder.status("d", false).isDirectory()).isTrue();
        names.addAll(names(folder));
      }
      assertThat(names).hasSize(3001).doesNotHaveDuplicates();
    });
  }

  @Test
  void theTimeOfTheLastChangeCanBeSet() {
    Instant time = Instant.parse("2001-02-03T04:05:06.789Z");
    with(top -> {
      write(top, "a", "text");
      try (OpenFile file = top.open(path("a"), Mode.WRITE)) {
        file.setModified(time);
      }
      assertThat(top.status(path("a"), false).modified()).isEqualTo(time);
    });
  }

  @Test
  void aLinkIsMadeAndChangedItself() {
    Instant time = Instant.parse("2001-02-03T04:05:06.789Z");
    with(top -> {
      write(top, "a", "text");
      FileStatus file = top.status(path("a"), false);
      for (String target : List.of("a", "/no where/at all", "caf\u00c3\u00a9")) {
        top.makeLink(path("l"), target);
        assertThat(top.readLink(path("l"))).isEqualTo(target);
        top.setOwner(path("l"), file.uid(), file.gid(), false);
        top.setModified(path("l"), time);
        FileStatus link = top.status(path("l"), false);
        assertThat(link.type()).isEqualTo(FileType.SYMLINK);
        assertThat(link.modified()).isEqualTo(time);
        refused("EEXIST", () -> top.makeLink(path("l"), "b"));
        top.remove(path("l"));
      }
      assertThat(top.status(path("a"), false).modified()).isEqualTo(file.modified());
    });
  }

  @Test
  void aFolderIsMadePrivateAndChangedThroughItself() {
    Instant time = Instant.parse("2001-02-03T04:05:06.789Z");
    with(top -> {
      top.makePrivateFolder(path("d"));
      assertThat(top.status(path("d"), false).mode()).isEqualTo(0700);
      refused("EEXIST", () -> top.makePrivateFolder(path("d")));
      top.requireWritable(path("d"));
      try (Folder folder = top.folder(path("d"), false)) {
        folder.requireWritable(".");
        try (OpenFile itself = folder.open(".", Mode.READ)) {
          itself.setMode(0555);
          itself.setModified(time);
          assertThat(itself.status().isDirectory()).isTrue();
        }
        folder.setMode(".", 0750);
      }
      FileStatus status = top.status(path("d"), false);
      assertThat(status.mode()).isEqualTo(0750);
      assertThat(status.modified()).isEqualTo(time);
    });
  }

  @Test
  void renamesOverWhatIsThereOnlyWhenAsked() {
    with(top -> {
      write(top, "a", "new");
      write(top, "b", "old");
      refused("EEXIST", () -> top.rename(path("a"), top, path("b"), false));
      assertThat(read(top, "b")).isEqualTo("old");
      top.rename(path("a"), top, path("b"), true);
      assertThat(read(top, "b")).isEqualTo("new");
      top.rename(path("b"), top, path("c"), false);
      assertThat(read(top, "c")).isEqualTo("new");
      refused("ENOENT", () -> top.status(path("b"), false));
    });
  }

  @Test
  void ownersCanBeKept() {
    with(top -> {
      write(top, "a", "");
      FileStatus before = top.status(path("a"), false);
      top.setOwner(path("a"), Folder.UNCHANGED, Folder.UNCHANGED, true);
      top.setOwner(path("a"), before.uid(), before.gid(), true);
      assertThat(top.status(path("a"), false).uid()).isEqualTo(before.uid());
    });
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    with(top -> refused("ENAMETOOLONG", () -> top.status(path("x".repeat(300)), false)));
  }

  @Test
  void closingTwiceDoesNoHarm() {
    with(top -> {
      write(top, "a", "");
      OpenFile file = top.open(path("a"), Mode.READ);
      file.close();
      file.close();
      Folder folder = top.folder(root, false);
      folder.close();
      folder.close();
      assertThat(read(top, "a")).isEmpty();
    });
  }

  @Test
  void whatIsThrownInsideComesOut() {
    IllegalStateException thrown = new IllegalStateException("inside");
    assertThatThrownBy(() ->
            access.atLength(
                Optional.empty(),
                top -> {
                  throw thrown;
                }))
        .isSameAs(thrown);
  }
}
