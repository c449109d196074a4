package io.execd.os.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.Folder;
import io.execd.domain.file.OpenFile;
import io.execd.os.nativecall.Linux;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxFileAccessTest extends RealFileContract {
  private final FileAccess access = new LinuxFileAccess(Linux.load());

  @Override
  protected FileAccess access() {
    return access;
  }

  @Test
  void namesThatAreNoUtf8AreListedReadAndRemoved() {
    String name = "a\u00ff\u00feb";
    List<String> names = new ArrayList<>();
    access.atLength(
        Optional.empty(),
        top -> {
          try (Folder folder = top.folder(emptyFolder(), false)) {
            try (OpenFile file = folder.open(name, Folder.Mode.CREATE)) {
              file.write(ByteBuffer.wrap(new byte[3]), 0);
            }
            folder.next((found, type) -> names.add(found));
            assertThat(folder.status(name, false).sizeBytes()).isEqualTo(3);
            folder.remove(name);
            folder.rewind();
            folder.next((found, type) -> names.add("still " + found));
          }
          return true;
        });
    assertThat(names).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/usr", "/bin"}) // /bin is a link on most systems
  void whatTheKernelKnowsOfTheRootFileSystemIsToldAtOnce(String path) {
    FileStatus status = access.briefly(Optional.empty(), top -> top.status(path, false));
    assertThat(access.statusAtOnce(new FilePath(path))).contains(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/stat", "/nope", "/usr/nope/nope", "/etc/passwd/nope"})
  void whatIsMountedElsewhereOrMissingIsNotToldAtOnce(String path) {
    assertThat(access.statusAtOnce(new FilePath(path))).isEmpty();
    assertThat(access.statusAtOnce(new FilePath(path.repeat(1000)))).isEmpty();
  }

  @Test
  void aSuspendedFolderIsNotFoundFromAChildThatWasMovedOut() {
    String root = emptyFolder();
    access.atLength(
        Optional.empty(),
        top -> {
          top.makeFolder(root + "/a");
          top.makeFolder(root + "/a/b");
          try (Folder folder = top.folder(root + "/a", false);
              Folder child = folder.folder("b", false)) {
            folder.suspend();
            top.rename(root + "/a/b", top, root + "/b", false);
            assertThatThrownBy(() -> folder.resume(child)).hasMessage("another one by now");
            assertThatThrownBy(() -> folder.status("b", false)).isInstanceOf(FileError.class);
            top.rename(root + "/b", top, root + "/a/b", false);
            folder.resume(child);
            assertThat(folder.status("b", false).isDirectory()).isTrue();
          }
          return true;
        });
  }

  /** Brief work of many virtual threads at once: some runs here, some elsewhere. */
  @Test
  void briefWorkOfManyVirtualThreadsIsDone() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 200; i++) {
      threads.add(
          Thread.startVirtualThread(() ->
              sizes.add(
                  access.briefly(Optional.empty(), top -> top.status("/", true).sizeBytes()))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(sizes).hasSize(200);
  }
}
