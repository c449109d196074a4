package io.execd.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.NeedsRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves between file systems, done by the packaged daemon, which is root. */
@NeedsRoot(toMount = true)
class FileMovesIT {
  private static final String SMALL = "4m";

  @TempDir private Path state;
  @TempDir private Path folder;
  private Path disk;
  private RunningDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new RunningDaemon(state);
    disk = Files.createDirectory(folder.resolve("disk"));
    mount(SMALL);
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
    shell("umount disk");
  }

  private void mount(String size) throws Exception {
    shell("mount -t tmpfs -o mode=755,size=" + size + " none disk");
  }

  private HttpResponse<String> move(Path from, Path to) throws IOException, InterruptedException {
    return daemon.send(
        "POST", "/files/mv", "[{\"src\":\"%s\",\"dest\":\"%s\"}]".formatted(from, to));
  }

  private void isMoved(Path from, Path to) throws Exception {
    HttpResponse<String> answer = move(from, to);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(from).doesNotExist();
  }

  private void isRefused(Path from, Path to, int status, String... words) throws Exception {
    HttpResponse<String> answer = move(from, to);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  /** By itself, because Java's names are text. */
  private void shell(String script) throws Exception {
    ProcessBuilder bash = new ProcessBuilder("bash", "-ec", script).directory(folder.toFile());
    assertThat(bash.inheritIO().start().waitFor()).as(script).isZero();
  }

  /** All that a move keeps: not the sizes of folders, which are the file system's business. */
  private String tree(String name) throws Exception {
    Path list = folder.resolve("list");
    shell(
        """
        exec > list; cd %s
        find . -printf '%%P %%y %%m %%U %%G %%T@ %%l\\n' | LC_ALL=C sort
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum
        """
            .formatted(name));
    return Files.readString(list, StandardCharsets.ISO_8859_1);
  }

  private static long names(Path in) {
    return count(in, 1);
  }

  /** How many there are below a folder, so many levels down. */
  private static long count(Path in, int levels) {
    try (Stream<Path> files = Files.walk(in, levels)) {
      return files.count() - 1;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void aFileIsMovedToAnotherFileSystemAndBack() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[700_001]);
    Instant time = Instant.parse("2020-01-02T03:04:05Z");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.from(time));
    Path fresh = disk.resolve("new");
    Path there = fresh.resolve("f");
    assertThat(move(file, there).statusCode()).isEqualTo(200);
    assertThat(file).doesNotExist();
    assertThat(there).hasBinaryContent(new byte[700_001]);
    assertThat(Files.getLastModifiedTime(there).toInstant()).isEqualTo(time);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
        .isEqualTo("rw-r-----");
    assertThat(move(there, file).statusCode()).isEqualTo(200);
    assertThat(names(fresh)).isZero();
    assertThat(move(file, fresh).statusCode()).isEqualTo(409);
    Files.write(folder.resolve("large"), new byte[8 << 20]);
    assertThat(move(folder.resolve("large"), there).body()).contains("NO_SPACE", there.toString());
    assertThat(folder.resolve("large")).hasSize(8 << 20);
    assertThat(names(fresh)).isZero();
  }

  @Test
  void aTreeIsMovedToAnotherFileSystemAndBack() throws Exception {
    shell(
        """
        mkdir -p t/a/b/c t/empty; cd t
        head -c 700001 /dev/urandom > a/big; echo small > a/b/c/small; : > a/none
        ln a/b/c/small a/other-name
        ln -s b/c/small a/link; ln -s /no/where a/dangling; ln -s .. a/b/up
        printf secret > $'a/caf\\xe9 \\xff\\xfe'; ln -s $'\\xff' $'a/\\xfe'
        chown 41001:41100 a/b a/big; chown -h 41001:41100 a/link
        chmod 4755 a/big; chmod 0555 a/b; chmod 3770 empty; chmod 0 a/none
        find . -exec touch -h -d '2020-01-02 03:04:05.678901234' {} +
        touch -h -d '1999-12-31 23:59:59.5' a/link a/b
        """);
    String before = tree("t");
    assertThat(before).contains("a/b d 555 41001 41100 946684799.5", "/no/where");
    isMoved(folder.resolve("t"), disk.resolve("new/t"));
    assertThat(tree("disk/new/t")).isEqualTo(before);
    isMoved(disk.resolve("new/t"), folder.resolve("back"));
    assertThat(tree("back")).isEqualTo(before);
    assertThat(names(disk.resolve("new"))).isZero();
  }

  @Test
  void aLinkIsMovedToAnotherFileSystemAndWhatItLeadsToIsNot() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("l"), file);
    isMoved(link, disk.resolve("l"));
    assertThat(Files.readSymbolicLink(disk.resolve("l"))).isEqualTo(file);
    assertThat(file).hasContent("text");
  }

  /** More levels than a process may have descriptors, and paths longer than the kernel takes. */
  @Test
  void aTreeOfTwoThousandLevelsIsMoved() throws Exception {
    String down = "for i in $(seq 2000); do cd level; done; ";
    shell("for i in $(seq 2000); do mkdir level; cd level; done; echo x > leaf");
    shell("prlimit --pid " + daemon.process().pid() + " --nofile=256:256");
    isMoved(folder.resolve("level"), disk.resolve("level"));
    shell("cd disk; " + down + "grep -q x leaf");
    isMoved(disk.resolve("level"), folder.resolve("level"));
    shell(down + "grep -q x leaf");
    assertThat(daemon.descriptors()).isLessThan(100);
    shell("rm -r level");
  }

  @Test
  void aTreeThatDoesNotFitStaysWhole() throws Exception {
    shell(
        "mkdir -p t/ro; head -c 7M /dev/urandom | split -b 100k - t/f; cp t/f* t/ro; chmod 0555 t/ro");
    String before = tree("t");
    isRefused(folder.resolve("t"), disk.resolve("t"), 507, "NO_SPACE", disk + "/t/");
    assertThat(tree("t")).isEqualTo(before);
    assertThat(names(disk)).isZero();
  }

  @Test
  void whatCannotBeMovedIsNamedAndTheTreeStaysWhole() throws Exception {
    shell("mkdir -p t/d/mnt; echo x > t/a; mkfifo t/d/fifo");
    String before = tree("t");
    Path tree = folder.resolve("t");
    isRefused(tree, disk.resolve("t"), 500, "RUNTIME_ERROR", tree + "/d/fifo", "FIFO");
    isRefused(tree.resolve("d/fifo"), disk.resolve("f"), 500, "RUNTIME_ERROR", tree + "/d/fifo");
    assertThat(tree("t")).isEqualTo(before);
    shell("rm t/d/fifo; mount -t tmpfs -o size=64k none t/d/mnt");
    try {
      isRefused(tree, disk.resolve("t"), 409, "CONFLICT", tree + "/d/mnt", "mounted");
      isRefused(tree, tree.resolve("d/mnt/t"), 409, "CONFLICT", tree + "/d/mnt", "mounted");
    } finally {
      shell("umount t/d/mnt");
    }
    assertThat(tree.resolve("a")).hasContent("x\n");
    assertThat(names(disk)).isZero();
  }

  /** Also where it has the number of the file system around it. */
  @Test
  void whatIsMountedInATreeIsNeitherCopiedNorEmptied() throws Exception {
    shell("mkdir -p t/d/mnt other; echo x > other/f; echo y > t/y; touch t/file");
    shell("mount --bind other t/d/mnt; mount --bind other/f t/file");
    Path tree = folder.resolve("t");
    try {
      isRefused(tree, tree.resolve("d/mnt/t"), 409, "CONFLICT", "mounted");
      isRefused(tree, disk.resolve("t"), 409, "CONFLICT", "mounted");
      isRefused(tree.resolve("d/mnt"), disk.resolve("t"), 409, tree + "/d/mnt", "mounted");
      isRefused(tree.resolve("file"), disk.resolve("t"), 409, tree + "/file", "mounted");
      isRefused(disk, tree.resolve("disk"), 409, disk.toString());
    } finally {
      shell("umount t/d/mnt t/file");
    }
    assertThat(folder.resolve("other/f")).hasContent("x\n");
    assertThat(count(tree, 9)).isEqualTo(4);
    assertThat(names(disk)).isZero();
  }

  @Test
  void whoIsKilledWhileCopyingLeavesTheTreeWholeAndTheNextOneCleansUp() throws Exception {
    shell("umount disk");
    mount("400m,nr_inodes=100000");
    shell("mkdir -p t/d; head -c 80M /dev/urandom | split -b 4k -a 4 - t/d/f");
    String before = tree("t");
    Path tree = folder.resolve("t");
    CompletableFuture<Void> client =
        CompletableFuture.runAsync(() -> moveUntilKilled(tree, disk.resolve("t")));
    while (count(disk, 3) < 1000) {
      Thread.onSpinWait();
    }
    daemon.process().destroyForcibly().waitFor();
    assertThat(client.handle((done, cut) -> cut).join()).isInstanceOf(CompletionException.class);
    assertThat(tree("t")).isEqualTo(before);
    assertThat(disk.resolve("t")).doesNotExist();
    daemon.close();
    daemon = new RunningDaemon(state);
    RunningDaemon.await("the copy is gone", () -> names(disk) == 0);
  }

  private void moveUntilKilled(Path from, Path to) {
    try {
      move(from, to);
    } catch (IOException | InterruptedException cut) {
      throw new CompletionException(cut);
    }
  }
}
