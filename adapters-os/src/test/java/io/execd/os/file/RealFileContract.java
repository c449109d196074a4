package io.execd.os.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.file.FileAccess;
import io.execd.domain.file.FileAccessContract;
import io.execd.domain.file.FileError;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.FileType;
import io.execd.domain.file.Folder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real adapters do on a real disk. */
abstract class RealFileContract extends FileAccessContract {
  @TempDir private Path folder;

  @Override
  protected String emptyFolder() {
    return folder.toString();
  }

  private String path(String name) {
    return folder + "/" + name;
  }

  private <T> T on(FileAccess.Work<T> work) throws Exception {
    return access().atLength(Optional.empty(), work);
  }

  @Test
  void linksAreFollowedOnlyWhenAsked() throws Exception {
    Files.createDirectory(folder.resolve("d"));
    Files.writeString(folder.resolve("d/f"), "12345");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("d/f"));
    Files.createSymbolicLink(folder.resolve("dirlink"), Path.of("d"));
    assertThat(on(top -> top.status(path("link"), false)).type()).isEqualTo(FileType.SYMLINK);
    assertThat(on(top -> top.status(path("link"), true)).sizeBytes()).isEqualTo(5);
    String target = on(top -> top.readLink(path("link")));
    assertThat(target).isEqualTo("d/f");
    assertThatThrownBy(() -> on(top -> top.folder(path("dirlink"), false)))
        .isInstanceOf(FileError.class);
    assertThatThrownBy(() -> on(top -> top.open(path("link"), Folder.Mode.WRITE)))
        .isInstanceOf(FileError.class);
    on(top -> {
      top.folder(path("dirlink"), true).close();
      top.open(path("link"), Folder.Mode.READ).close();
      top.remove(path("link"));
      return true;
    });
    assertThat(folder.resolve("d/f")).exists();
  }

  @Test
  void tellsWhatTheDiskTells() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "12345");
    FileStatus status = on(top -> top.status(path("f"), false));
    assertThat(status.modified()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
    assertThat(status.id().inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
    assertThat(status.mode()).isEqualTo((Integer) Files.getAttribute(file, "unix:mode") & 07777);
    assertThat(status.uid())
        .isEqualTo(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
    assertThat(on(top -> top.status("/dev/null", false)).type()).isEqualTo(FileType.OTHER);
    assertThat(on(top -> top.status("/", false)).isDirectory()).isTrue();
  }
}
