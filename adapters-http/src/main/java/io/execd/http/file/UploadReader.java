package io.execd.http.file;

import io.execd.application.file.Filesystem;
import io.execd.application.file.Upload;
import io.execd.domain.Failure;
import io.execd.domain.Failure.Code;
import io.execd.domain.file.PermissionChange;
import io.execd.http.api.model.FileMetadata;
import io.execd.http.server.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads one upload: pairs of parts, metadata and file, matched by their index, where a file comes
 * after its metadata. The files appear when the whole body has come.
 */
final class UploadReader {
  private static final int MOST_FILES = 20_000;
  private static final int METADATA_BYTES = 64 * 1024;
  private static final int LONGEST_BOUNDARY = 200;

  private final MultipartReader parts;
  private final Upload upload;
  private final Queue<FileMetadata> waiting = new ArrayDeque<>();
  private int metadata;
  private int files;

  private UploadReader(MultipartReader parts, Upload upload) {
    this.parts = parts;
    this.upload = upload;
  }

  /**
   * Reads all and lets the files appear.
   *
   * @throws IOException when the body does not come to its end; then nothing has happened
   */
  static void read(InputStream body, String contentType, Filesystem files) throws IOException {
    String boundary = HeaderParameters.of(contentType).getOrDefault("boundary", "");
    if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw invalid("Content-Type: a boundary of 1 to " + LONGEST_BOUNDARY + " is needed");
    }
    try (Upload upload = files.upload()) {
      new UploadReader(new MultipartReader(body, boundary), upload).readParts();
      upload.commit();
    }
  }

  private void readParts() throws IOException {
    for (String header = parts.nextPart(); header != null; header = parts.nextPart()) {
      switch (name(header)) {
        case "metadata" -> takeMetadata();
        case "file" -> takeFile();
        case null, default -> {
          // Parts that nobody knows mean nothing.
        }
      }
    }
    if (metadata == 0) {
      throw invalid("request body: it has neither metadata nor file");
    }
    if (files == 0) {
      throw new Failure(Code.INVALID_FILE_CONTENT, "file: there is none for the metadata");
    }
    requireSame();
  }

  private void requireSame() {
    if (metadata != files) {
      throw invalid("request body: %d metadata and %d files".formatted(metadata, files));
    }
  }

  /** The part's name; null when it has none. */
  private static @Nullable String name(String header) {
    for (String line : header.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      boolean wanted =
          colon > 0
              && line.substring(0, colon)
                  .strip()
                  .toLowerCase(Locale.ROOT)
                  .equals("content-disposition");
      if (wanted) {
        Map<String, String> parameters = HeaderParameters.of(line.substring(colon + 1));
        return parameters.get("name");
      }
    }
    return null;
  }

  private void takeMetadata() throws IOException {
    if (++metadata > MOST_FILES) {
      throw invalid("request body: more than " + MOST_FILES + " files");
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    for (ByteBuffer bytes = parts.content(); bytes.hasRemaining(); bytes = parts.content()) {
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      json.writeBytes(piece);
      if (json.size() > METADATA_BYTES) {
        throw badMetadata("is longer than " + METADATA_BYTES + " bytes");
      }
    }
    waiting.add(parse(json.toByteArray()));
  }

  private FileMetadata parse(byte[] json) {
    FileMetadata parsed;
    try {
      parsed = JsonValue.read(json, FileMetadata.class);
    } catch (Failure bad) {
      throw badMetadata(String.valueOf(bad.getMessage()));
    }
    if (parsed.getPath() == null || parsed.getPath().isEmpty()) {
      throw badMetadata("path must not be empty");
    }
    return parsed;
  }

  private Failure badMetadata(String problem) {
    return new Failure(Code.INVALID_FILE_METADATA, "metadata " + metadata + ": " + problem);
  }

  private void takeFile() throws IOException {
    files++;
    FileMetadata target = waiting.poll();
    if (target == null) {
      throw metadata == 0
          ? new Failure(Code.INVALID_FILE_METADATA, "metadata: there is none for the file")
          : invalid("request body: file " + files + " has no metadata before it");
    }
    upload.begin(target.getPath(), permissions(target));
    for (ByteBuffer bytes = parts.content(); bytes.hasRemaining(); bytes = parts.content()) {
      upload.write(bytes);
    }
    upload.end();
  }

  private PermissionChange permissions(FileMetadata target) {
    try {
      return FileRequests.permission(
          "mode", target.getOwner(), target.getGroup(), target.getMode());
    } catch (Failure bad) {
      throw badMetadata(String.valueOf(bad.getMessage()));
    }
  }

  private static Failure invalid(String problem) {
    return new Failure(Code.INVALID_FILE, problem);
  }
}
