package io.execd.os.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines {@code name:password:id:...}, read anew when it has changed. Whether it has is
 * looked at once in a while for a name that is known already, and each time for all else. A missing
 * file and a malformed line count as empty. Thread-safe.
 */
final class NameFile {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path path;
  private volatile @Nullable Names latest;

  NameFile(Path path) {
    this.path = path;
  }

  /** What makes one state of the file another. */
  private record Version(FileTime modified, long size, @Nullable Object key) {}

  /** The names at one moment. */
  private record Names(
      @Nullable Object version,
      long lookedNanos,
      Map<Long, String> byId,
      Map<String, Long> byName) {
    private Names lookedAt(long nanos) {
      return new Names(version, nanos, byId, byName);
    }
  }

  /** The first name with this id, or the id as text. */
  String name(long id) {
    String name = known(id);
    return name == null ? look().byId.getOrDefault(id, Long.toString(id)) : name;
  }

  /** The first name with this id, if nobody needs to look for it. */
  Optional<String> nameAtOnce(long id) {
    return Optional.ofNullable(known(id));
  }

  private @Nullable String known(long id) {
    Names known = latest;
    boolean fresh = known != null && System.nanoTime() - known.lookedNanos < LOOK_NANOS;
    return fresh && known != null ? known.byId.get(id) : null;
  }

  Optional<Long> id(String name) {
    return Optional.ofNullable(look().byName.get(name));
  }

  private Names look() {
    Names known = latest;
    long nanos = System.nanoTime();
    Version version = version();
    Names fresh =
        known != null && Objects.equals(version, known.version)
            ? known.lookedAt(nanos)
            : read(version, nanos);
    latest = fresh;
    return fresh;
  }

  private @Nullable Version version() {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException missing) {
      return null;
    }
  }

  private Names read(@Nullable Version version, long nanos) {
    Map<Long, String> byId = new HashMap<>();
    Map<String, Long> byName = new HashMap<>();
    for (String line : text().split("\n", -1)) {
      put(line.split(":", 4), byId, byName);
    }
    return new Names(version, nanos, byId, byName);
  }

  /** Without the file nobody has a name. */
  private String text() {
    try {
      return new String(Files.readAllBytes(path), UTF_8);
    } catch (IOException missing) {
      return "";
    }
  }

  private static void put(String[] row, Map<Long, String> byId, Map<String, Long> byName) {
    if (row.length > 3 && row[2].matches("\\d{1,10}")) {
      long id = Long.parseLong(row[2]);
      byId.putIfAbsent(id, row[0]);
      byName.putIfAbsent(row[0], id);
    }
  }
}
