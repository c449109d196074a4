package io.execd.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.file.FakeFileAccess;
import io.execd.domain.file.FakeJournal;
import io.execd.domain.file.FakeOwners;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.FileStatus;
import io.execd.domain.file.PermissionChange;
import io.execd.domain.file.UploadChunk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that no other file can take the place of. */
class InPlaceTest {
  private final FakeFileAccess files = new FakeFileAccess();
  private final FakeJournal journal = new FakeJournal();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final FilePorts ports =
      new FilePorts(
          files,
          new FakeOwners(),
          uid -> Optional.empty(),
          journal,
          new FilePath.Origin(Map.of("TMPDIR", "/spool"), "/"));
  private final FileService service =
      new FileService(ports, new PartialFiles(ports, timer, () -> Instant.EPOCH));

  /** Why no other file can take the place of one. */
  enum Obstacle {
    MOUNT_POINT,
    FOLDER_TAKES_NO_NAME,
    MAGIC_LINK
  }

  @BeforeEach
  void make() {
    files.file("/d/f", "old content").folder("/spool");
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private String obstruct(Obstacle obstacle) {
    switch (obstacle) {
      case MOUNT_POINT -> files.mountFile("/d/f");
      case FOLDER_TAKES_NO_NAME -> files.shut("/d");
      case MAGIC_LINK -> {
        files.magicLink("/proc/fd/1", "/d/f").link("/l", "/proc/fd/1").shut("/proc/fd");
        return "/l";
      }
    }
    return "/d/f";
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private FileStatus status() {
    return service.info(List.of("/d/f")).values().iterator().next().status();
  }

  private void upload(String path, String text, PermissionChange change) {
    try (Upload upload = service.upload()) {
      upload.begin(path, change);
      upload.write(bytes(text));
      upload.end();
      assertThat(files.text("/d/f")).isEqualTo("old content");
      upload.commit();
    }
  }

  private void isWritten(FileStatus before, String text) {
    assertThat(files.text("/d/f")).isEqualTo(text);
    assertThat(status().id()).isEqualTo(before.id());
    assertThat(files.names("/d")).containsExactly("f");
    assertThat(files.names("/spool")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anUploadIsWrittenInPlace(Obstacle obstacle) {
    String path = obstruct(obstacle);
    FileStatus before = status();
    upload(path, "longer than the old content", PermissionChange.NONE);
    isWritten(before, "longer than the old content");
    files.file("/d/f", "old content");
    obstruct(obstacle);
    before = status();
    upload(
        path, "", new PermissionChange(Optional.of("jo"), Optional.empty(), OptionalInt.of(0600)));
    isWritten(before, "");
    assertThat(status().mode()).isEqualTo(0600);
    assertThat(status().uid()).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource
  void textIsReplacedInPlace(Obstacle obstacle) {
    String path = obstruct(obstacle);
    FileStatus before = status();
    service.replace(Map.of(path, new Filesystem.Replacement("old ", "")));
    isWritten(before, "content");
  }

  @ParameterizedTest
  @EnumSource
  void chunksAreWrittenInPlaceWithTheLastOne(Obstacle obstacle) {
    String path = obstruct(obstacle);
    FileStatus before = status();
    chunk(path, "bytes 0-2/6", "abc");
    assertThat(files.text("/d/f")).isEqualTo("old content");
    try (Resumption upload = service.resumption(path)) {
      assertThat(upload.offset()).hasValue(3);
    }
    chunk(path, "bytes 3-5/6", "def");
    isWritten(before, "abcdef");
    chunk(path, "bytes 0-2/6", "abc");
    try (Resumption upload = service.resumption(path)) {
      upload.discard();
    }
    isWritten(before, "abcdef");
  }

  private void chunk(String path, String range, String text) {
    try (Resumption upload = service.resumption(path)) {
      assertThat(upload.begin(UploadChunk.of(range), PermissionChange.NONE)).isTrue();
      upload.write(bytes(text));
      upload.finish();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUploadThatBreaksOffChangesNothing(Obstacle obstacle) {
    String path = obstruct(obstacle);
    FileStatus before = status();
    try (Upload upload = service.upload()) {
      upload.begin(path, PermissionChange.NONE);
      upload.write(bytes("half"));
    }
    isWritten(before, "old content");
  }

  @Test
  void aFullDiskIsNoticedBeforeAnythingIsChanged() {
    files.mountFile("/d/f");
    FileStatus before = status();
    try (Upload upload = service.upload()) {
      upload.begin("/d/f", PermissionChange.NONE);
      upload.write(bytes("longer than the old content"));
      upload.end();
      files.setFull(true);
      assertThatThrownBy(upload::commit)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.NO_SPACE))
          .hasMessageContaining("/d/f");
    }
    isWritten(before, "old content");
  }

  @Test
  void whatIsBehindAMagicLinkAndNoFileIsRefused() {
    files.device("/dev/null").magicLink("/proc/fd/2", "/dev/null").link("/l", "/proc/fd/2");
    assertThatThrownBy(() -> upload("/l", "x", PermissionChange.NONE))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT));
    assertThatThrownBy(() -> upload("/dev/null", "x", PermissionChange.NONE))
        .hasMessageContaining("no regular file");
  }

  @Test
  void aNewFileInAFolderThatTakesNoNameIsRefused() {
    files.shut("/d");
    assertThatThrownBy(() -> upload("/d/new", "x", PermissionChange.NONE))
        .hasMessageContaining("/d/new");
    assertThat(files.names("/spool")).isEmpty();
  }

  /** In the order of the form, and up to the first failure. */
  @Test
  void severalFilesAppearInOrder() {
    files.file("/d/g", "g").mountFile("/d/f");
    try (Upload upload = service.upload()) {
      for (String path : List.of("/d/f", "/d/g", "/d/h")) {
        upload.begin(path, PermissionChange.NONE);
        upload.write(bytes("new " + path));
        upload.end();
      }
      upload.commit();
    }
    assertThat(files.names("/d")).containsExactly("f", "g", "h");
    for (String path : List.of("/d/f", "/d/g", "/d/h")) {
      assertThat(files.text(path)).isEqualTo("new " + path);
    }
  }
}
