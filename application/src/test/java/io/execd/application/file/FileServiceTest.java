package io.execd.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.application.file.Filesystem.Replacement;
import io.execd.domain.Failure;
import io.execd.domain.command.Account;
import io.execd.domain.file.FakeFileAccess;
import io.execd.domain.file.FakeJournal;
import io.execd.domain.file.FakeOwners;
import io.execd.domain.file.FileInfo;
import io.execd.domain.file.FilePath;
import io.execd.domain.file.Folder;
import io.execd.domain.file.PermissionChange;
import io.execd.domain.file.UploadChunk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileServiceTest {
  private final FakeFileAccess files = new FakeFileAccess();
  private final FakeJournal journal = new FakeJournal();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private volatile Instant now = Instant.parse("2026-06-09T12:00:00Z");
  private final FilePorts ports =
      new FilePorts(
          files,
          new FakeOwners(),
          uid -> Optional.of(new Account(uid, 7, "jo", "/home/jo", List.of(8L, 9L))),
          journal,
          new FilePath.Origin(Map.of(), "/"));
  private final PartialFiles partials = new PartialFiles(ports, timer, () -> now);
  private final FileService service = new FileService(ports, partials);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> drain(Listing listing) {
    List<String> paths = new ArrayList<>();
    try (listing) {
      while (!listing.isDone()) {
        for (FileInfo info : listing.next()) {
          paths.add(info.path().text());
        }
      }
    }
    return paths;
  }

  @Test
  void supplementaryGroupsComeWithThePrimaryGroupOnly() {
    files.file("/a", "");
    service.as(1000, 7).info(List.of("/a"));
    service.as(1000, 8).info(List.of("/a"));
    assertThat(files.identities().get(0).groups()).containsExactly(8L, 9L);
    assertThat(files.identities().get(1).groups()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "aaaa, aa, b, bb, 2",
    "aaaaa, aa, b, bba, 2",
    "abababc, ababc, x, abx, 1",
    "aab, ab, x, ax, 1",
    "xyz, q, r, xyz, 0",
    "aXbX, X, '', ab, 2",
    "ab, ab, abab, abab, 1",
    "aaabaaab, aaab, -, --, 2",
    "aabaabaaa, aabaaa, !, aab!, 1"
  })
  void replacesWholeAndOnce(String text, String old, String with, String result, int count) {
    files.file("/f", text);
    assertThat(service.replace(Map.of("/f", new Replacement(old, with))))
        .containsEntry("/f", count);
    assertThat(files.text("/f")).isEqualTo(result);
    assertThat(files.names("/")).containsExactly("f");
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void replacesAcrossBlocks() {
    String text = "x".repeat(65_530) + "needle in two blocks".repeat(5_000);
    files.file("/f", text);
    service.replace(Map.of("/f", new Replacement("needle", "thread")));
    assertThat(files.text("/f")).isEqualTo(text.replace("needle", "thread"));
  }

  @Test
  void aFolderWithMoreNamesThanMemoryComesInOrderAllTheSame() {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      files.file("/d/%03d".formatted(i * 37 % 100), "");
      wanted.add("%03d".formatted(i));
    }
    List<String> names = new ArrayList<>();
    files.briefly(
        Optional.empty(),
        top -> {
          Deque<WalkLevel.Entry> ready = new ArrayDeque<>();
          try (NameWindow window = new NameWindow(7)) {
            boolean more = true;
            while (more) {
              more = window.fill(top.folder("/d", false), ready);
              assertThat(ready.size()).isLessThanOrEqualTo(7);
              ready.forEach(entry -> names.add(entry.name()));
              ready.clear();
            }
          }
          return true;
        });
    assertThat(names).isEqualTo(wanted);
  }

  @Test
  void onlyOneListingAtATimeHoldsMoreNamesThanOthers() {
    int many = 2 * NameWindow.WHOLE;
    for (int i = 0; i < many; i++) {
      files.file("/d/" + i, "");
    }
    files.briefly(
        Optional.empty(),
        top -> {
          try (NameWindow first = new NameWindow(NameWindow.WHOLE);
              NameWindow second = new NameWindow(NameWindow.WHOLE)) {
            assertThat(firstFill(first, top)).isEqualTo(many);
            assertThat(firstFill(second, top)).isEqualTo(NameWindow.WHOLE);
          }
          try (NameWindow third = new NameWindow(NameWindow.WHOLE)) {
            assertThat(firstFill(third, top)).isEqualTo(many);
          }
          return true;
        });
  }

  private static int firstFill(NameWindow window, Folder top) {
    Deque<WalkLevel.Entry> ready = new ArrayDeque<>();
    window.fill(top.folder("/d", false), ready);
    return ready.size();
  }

  @Test
  void treesAreDeeperThanFoldersAreOpen() {
    String deep = "/t";
    for (int i = 0; i < 3 * OpenFolders.MOST; i++) {
      files.file(deep + "/a", "").file(deep + "/x", "");
      deep += "/d";
    }
    int all = 9 * OpenFolders.MOST - 1;
    assertThat(drain(service.search("/t", "*")))
        .hasSize(6 * OpenFolders.MOST)
        .doesNotHaveDuplicates();
    assertThat(drain(service.list("/t", 1000))).hasSize(all).doesNotHaveDuplicates().isSorted();
    service.removeFolders(List.of("/t"));
    assertThat(files.names("/")).isEmpty();
  }

  @Test
  void walksNeverEnterLinks() {
    files.file("/t/a/f", "").file("/out/secret", "").link("/t/a/out", "/out");
    assertThat(drain(service.search("/t", "**"))).containsExactlyInAnyOrder("/t/a/f", "/t/a/out");
    assertThat(drain(service.list("/t", 9))).containsExactly("/t/a", "/t/a/f", "/t/a/out");
    service.removeFolders(List.of("/t"));
    assertThat(files.names("/out")).containsExactly("secret");
    assertThat(files.names("/")).containsExactly("out");
  }

  @Test
  void aFileOrALinkAsRootOfASearch() {
    files.file("/t/a.txt", "").link("/link", "/t").file("/x", "");
    assertThat(drain(service.search("/link", "*.txt"))).containsExactly("/link/a.txt");
    assertThat(drain(service.search("/x", "x*"))).containsExactly("/x");
    assertThat(drain(service.search("/x", "y*"))).isEmpty();
  }

  @Test
  void anUploadThatIsClosedEarlyLeavesNothingNotEvenFolders() {
    files.folder("/d");
    try (Upload upload = service.upload()) {
      upload.begin("/d/new/deep/f", PermissionChange.NONE);
      upload.write(bytes("half"));
      assertThat(journal.unfinished()).hasSize(1);
      assertThat(files.names("/d/new/deep")).hasSize(1).doesNotContain("f");
    }
    assertThat(files.names("/d")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void aReplacedFileKeepsItsModeAndOwner() {
    files.file("/f", "old");
    service.change(
        Map.of(
            "/f", new PermissionChange(Optional.of("jo"), Optional.empty(), OptionalInt.of(0751))));
    try (Upload upload = service.upload()) {
      upload.begin("/f", PermissionChange.NONE);
      upload.write(bytes("new"));
      upload.end();
      upload.commit();
    }
    FileInfo info = service.info(List.of("/f")).values().iterator().next();
    assertThat(info.status().mode()).isEqualTo(0751);
    assertThat(info.owner()).isEqualTo("jo");
    assertThat(files.text("/f")).isEqualTo("new");
  }

  @Test
  void whatAKilledDaemonLeftGoesAndWhatCanBeResumedStays() {
    files.file("/d/.execd-upload-0123", "half").file("/d/.execd-resume-0123", "half");
    files.file("/d/precious", "x");
    journal.leave("/d/.execd-upload-0123");
    journal.leave("/d/.execd-resume-0123");
    journal.leave("/d/precious");
    partials.recover();
    assertThat(files.names("/d")).containsExactly(".execd-resume-0123", "precious");
    assertThat(journal.unfinished())
        .extracting(FilePath::name)
        .containsExactly(".execd-resume-0123");
  }

  @Test
  void anAbandonedUploadIsRemovedAfterADay() {
    try (Resumption upload = service.resumption("/d/f")) {
      assertThat(upload.begin(UploadChunk.of("bytes 0-3/8"), PermissionChange.NONE)).isTrue();
      upload.write(bytes("half"));
      assertThat(upload.finish()).isEqualTo(4);
    }
    assertThat(service.resumption("/d/f").offset()).hasValue(4);
    now = now.plus(PartialFiles.PATIENCE).plusSeconds(3600);
    partials.sweep();
    assertThat(files.names("/d")).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
    assertThat(service.resumption("/d/f").offset()).isEmpty();
  }

  @Test
  void twoRequestsCannotWriteToOneUpload() {
    try (Resumption first = service.resumption("/f");
        Resumption second = service.resumption("/f")) {
      assertThat(first.begin(UploadChunk.of("bytes 0-3/8"), PermissionChange.NONE)).isTrue();
      assertThatThrownBy(() -> second.begin(UploadChunk.of("bytes 0-3/8"), PermissionChange.NONE))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT));
    }
    try (Resumption third = service.resumption("/f")) {
      assertThat(third.begin(UploadChunk.of("bytes 0-3/8"), PermissionChange.NONE)).isTrue();
    }
  }

  @Test
  void atOnceItTellsOfAllPathsOrOfNone() {
    files.file("/a", "abc").link("/l", "/a").device("/slow");
    assertThat(service.infoAtOnce(List.of("/a", "/l"))).contains(service.info(List.of("/a", "/l")));
    assertThat(service.infoAtOnce(List.of("/a", "/slow"))).isEmpty();
    assertThat(service.infoAtOnce(List.of("/a", "/nope"))).isEmpty();
    assertThat(service.as(1000, 7).infoAtOnce(List.of("/a"))).isEmpty();
    assertThat(files.identities()).isEmpty();
  }

  @Test
  void anErrorNamesPathAndOperation() {
    assertThatThrownBy(() -> service.open("/no/file"))
        .hasMessageContaining("/no/file")
        .hasMessageContaining("read");
  }
}
