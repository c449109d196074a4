package io.execd.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.file.FakeFileAccess;
import io.execd.domain.file.FakeJournal;
import io.execd.domain.file.FakeOwners;
import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.PermissionChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves to another file system. */
class RelocationTest {
  private final FakeFileAccess files = new FakeFileAccess();
  private final FakeJournal journal = new FakeJournal();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final FilePorts ports =
      new FilePorts(
          files,
          new FakeOwners(),
          uid -> Optional.empty(),
          journal,
          new FilePath.Origin(Map.of(), "/"));
  private final PartialFiles partials =
      new PartialFiles(ports, timer, () -> Instant.parse("2026-06-09T12:00:00Z"));
  private final FileService service = new FileService(ports, partials);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private FileInfo look(String path) {
    return service.info(List.of(path)).values().iterator().next();
  }

  private static Filesystem.Move move(String from, String to) {
    return new Filesystem.Move(from, to);
  }

  private static void refused(Failure.Code code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code));
  }

  private int count(String root) {
    int count = 0;
    try (Listing listing = service.search(root, "*")) {
      while (!listing.isDone()) {
        count += listing.next().size();
      }
    }
    return count;
  }

  @Test
  void aFileIsMovedToAnotherFileSystem() {
    files.file("/a/f", "text").file("/m/taken", "old").mount("/m");
    service.change(
        Map.of(
            "/a/f",
            new PermissionChange(Optional.of("8"), Optional.of("9"), OptionalInt.of(0640))));
    FileInfo before = look("/a/f");
    refused(Failure.Code.CONFLICT, () -> service.move(List.of(move("/a/f", "/m/taken"))));
    service.move(List.of(move("/a/f", "/m/new/f")));
    assertThat(files.text("/m/new/f")).isEqualTo("text");
    assertThat(files.text("/m/taken")).isEqualTo("old");
    FileInfo after = look("/m/new/f");
    assertThat(after.status().modified()).isEqualTo(before.status().modified());
    assertThat(after.status().mode()).isEqualTo(0640);
    assertThat(after.owner() + after.group()).isEqualTo(before.owner() + before.group());
    assertThat(files.names("/a")).isEmpty();
    assertThat(files.names("/m")).containsExactly("new", "taken");
  }

  /** A folder with something of everything that can be moved, and another file system. */
  private void treeAndMount() {
    files.file("/a/t/f", "text").folder("/a/t/empty").file("/a/t/d/e/g", "deep");
    files.link("/a/t/d/out", "/a/secret").link("/a/t/dangling", "no/where").file("/a/secret", "x");
    files.folder("/m").mount("/m");
  }

  private void nothingIsMoved() {
    assertThat(files.names("/a")).containsExactly("secret", "t");
    assertThat(files.names("/a/t")).contains("d", "dangling", "empty", "f");
    assertThat(files.text("/a/t/d/e/g")).isEqualTo("deep");
    assertThat(files.names("/m")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void aTreeIsMovedToAnotherFileSystem() {
    treeAndMount();
    change("/a/t/d", 0555);
    change("/a/t", 0710);
    Map<String, FileInfo> before =
        service.info(List.of("/a/t", "/a/t/d", "/a/t/f", "/a/t/dangling", "/a/t/d/out"));
    service.move(List.of(move("/a/t", "/m/new/t")));
    assertThat(files.names("/a")).containsExactly("secret");
    assertThat(files.names("/m")).containsExactly("new");
    assertThat(files.names("/m/new/t")).containsExactly("d", "dangling", "empty", "f");
    assertThat(files.names("/m/new/t/d")).containsExactly("e", "out");
    assertThat(files.text("/m/new/t/d/e/g")).isEqualTo("deep");
    assertThat(files.text("/m/new/t/d/out")).isEqualTo("x");
    before.forEach((path, info) -> isSame(look(path.replace("/a/", "/m/new/")), info));
    assertThat(journal.unfinished()).isEmpty();
  }

  private void change(String path, int mode) {
    service.change(
        Map.of(
            path, new PermissionChange(Optional.of("8"), Optional.of("9"), OptionalInt.of(mode))));
  }

  private static void isSame(FileInfo after, FileInfo before) {
    FileStatus old = before.status();
    assertThat(after.status().type()).as(before.path().text()).isEqualTo(old.type());
    assertThat(after.status().mode()).as(before.path().text()).isEqualTo(old.mode());
    assertThat(after.status().modified()).as(before.path().text()).isEqualTo(old.modified());
    assertThat(after.owner() + after.group()).isEqualTo(before.owner() + before.group());
  }

  @Test
  void aLinkIsMovedToAnotherFileSystemAsItIs() {
    treeAndMount();
    service.move(List.of(move("/a/t/dangling", "/m/l"), move("/a/t/d/out", "/m/out")));
    assertThat(look("/m/l").status().type()).isEqualTo(FileType.SYMLINK);
    assertThat(files.text("/m/out")).isEqualTo("x");
    assertThat(files.names("/a/t/d")).containsExactly("e");
  }

  @Test
  void aTreeIsMovedThatIsDeeperThanFoldersAreOpen() {
    String deep = "/a/t";
    for (int i = 0; i < 3 * OpenFolders.MOST; i++) {
      files.file(deep + "/a", "a").file(deep + "/x", "x");
      deep += "/d";
    }
    files.folder("/m").mount("/m");
    service.move(List.of(move("/a/t", "/m/t")));
    assertThat(files.names("/a")).isEmpty();
    assertThat(count("/m/t")).isEqualTo(6 * OpenFolders.MOST);
    assertThat(files.text("/m" + deep.substring(2, deep.length() - 1) + "x")).isEqualTo("x");
  }

  @Test
  void whatCannotBeMovedIsNamedAndNothingIsChanged() {
    treeAndMount();
    files.device("/a/t/d/fifo");
    Failure device = moveFails("/m/t");
    assertThat(device.code()).isEqualTo(Failure.Code.RUNTIME_ERROR);
    assertThat(device).hasMessageContainingAll("/a/t/d/fifo", "it is a device, FIFO or socket");
    service.removeFiles(List.of("/a/t/d/fifo"));
    files.folder("/a/t/d/mnt").mount("/a/t/d/mnt");
    Failure mount = moveFails("/m/t");
    assertThat(mount.code()).isEqualTo(Failure.Code.CONFLICT);
    assertThat(mount).hasMessageContainingAll("/a/t/d/mnt", "something is mounted there");
    nothingIsMoved();
  }

  @Test
  void whatMayNotBeReadOrRemovedIsNamedAndNothingIsChanged() {
    treeAndMount();
    files.keep("/a/t/d");
    assertThat(moveFails("/m/t")).hasMessageContaining("/a/t/d: cannot move it");
    files.lock("/a/t/empty");
    Failure locked = moveFails("/m/t");
    assertThat(locked.code()).isEqualTo(Failure.Code.PERMISSION_DENIED);
    nothingIsMoved();
  }

  /** As when the same folder is mounted in two places. */
  @Test
  void aTreeIsNotMovedIntoItself() {
    files.file("/a/t/f", "").folder("/a/t/d").bind("/a/t/d");
    assertThat(moveFails("/a/t/d/x").code()).isEqualTo(Failure.Code.INVALID_REQUEST);
    assertThat(files.names("/a/t/d")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/t/new", "/a/t/d/e/g", "/a/t/f"})
  void whatIsChangedWhileItIsCopiedIsNotRemoved(String path) {
    treeAndMount();
    files.beforeWriting(() -> files.file(path, "changed"));
    Failure changed = moveFails("/m/t");
    assertThat(changed.code()).isEqualTo(Failure.Code.CONFLICT);
    assertThat(changed).hasMessageContaining("it has been changed meanwhile");
    assertThat(files.text(path)).isEqualTo("changed");
    assertThat(files.names("/a/t")).contains("d", "dangling", "empty", "f");
    assertThat(files.names("/m")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void aDestinationThatAppearsMeanwhileStays() {
    treeAndMount();
    files.beforeWriting(() -> files.file("/m/t", "other"));
    assertThat(moveFails("/m/t").code()).isEqualTo(Failure.Code.CONFLICT);
    assertThat(files.text("/m/t")).isEqualTo("other");
    service.removeFiles(List.of("/m/t"));
    nothingIsMoved();
  }

  @Test
  void aTreeThatDoesNotFitStaysWhole() {
    treeAndMount();
    files.beforeWriting(() -> files.setFull(true));
    Failure full = moveFails("/m/t");
    assertThat(full.code()).isEqualTo(Failure.Code.NO_SPACE);
    assertThat(full).hasMessageContaining("/m/t/");
    nothingIsMoved();
  }

  private Failure moveFails(String to) {
    return assertThatThrownBy(() -> service.move(List.of(move("/a/t", to))))
        .asInstanceOf(InstanceOfAssertFactories.throwable(Failure.class))
        .actual();
  }

  @Test
  void theCopyOfAKilledDaemonIsRemovedWithAllInIt() {
    files.file("/m/.execd-upload-1/d/f", "half").file("/m/.execd-upload-2", "half");
    journal.leave("/m/.execd-upload-1");
    journal.leave("/m/.execd-upload-2");
    partials.recover();
    assertThat(files.names("/m")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void aMoveToAFullFileSystemChangesNothing() {
    files.file("/a/f", "text").folder("/m").mount("/m").setFull(true);
    refused(Failure.Code.NO_SPACE, () -> service.move(List.of(move("/a/f", "/m/f"))));
    assertThat(files.text("/a/f")).isEqualTo("text");
    assertThat(files.names("/m")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
  }
}
