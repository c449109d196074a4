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
import java.util.Queue;

/**
 * Reads one upload: pairs of parts, metadata and file, matched by their index, in any order. The
 * files appear when the whole body has come.
 */
final class UploadReader {
  private static final int MOST_FILES = 20_000;
  private static final int METADATA_BYTES = 64 * 1024;
  private static final int LONGEST_BOUNDARY = 200;

  private final MultipartReader parts;
  private final Upload upload;
  private final Queue<Target> waiting = new ArrayDeque<>();
  private int metadata;
  private int files;

  /** Where a file is to go. */
  private record Target(String path, PermissionChange change) {}

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
      PartHeader part = PartHeader.of(header);
      PartContent content = new PartContent(parts, part.encoding());
      switch (part.name()) {
        case "metadata" -> takeMetadata(content);
        case "file" -> takeFile(content);
        default -> {
          // Parts that nobody knows mean nothing.
        }
      }
    }
    requirePairs();
  }

  private void requirePairs() {
    if (metadata == 0 && files == 0) {
      throw invalid("request body: it has neither metadata nor file");
    }
    if (metadata == 0) {
      throw new Failure(Code.INVALID_FILE_METADATA, "metadata: there is none for the file");
    }
    if (files == 0) {
      throw new Failure(Code.INVALID_FILE_CONTENT, "file: there is none for the metadata");
    }
    if (metadata != files) {
      throw invalid("request body: %d metadata and %d files".formatted(metadata, files));
    }
  }

  private void takeMetadata(PartContent content) throws IOException {
    requireFewer(++metadata);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    for (ByteBuffer bytes = content.next(); bytes.hasRemaining(); bytes = content.next()) {
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      json.writeBytes(piece);
      if (json.size() > METADATA_BYTES) {
        throw badMetadata("is longer than " + METADATA_BYTES + " bytes");
      }
    }
    Target target = parse(json.toByteArray());
    if (metadata <= files) {
      upload.place(target.path(), target.change());
    } else {
      waiting.add(target);
    }
  }

  private static void requireFewer(int count) {
    if (count > MOST_FILES) {
      throw invalid("request body: more than " + MOST_FILES + " files");
    }
  }

  private Target parse(byte[] json) {
    try {
      FileMetadata parsed = JsonValue.read(json, FileMetadata.class);
      String path = parsed.getPath();
      if (path == null || path.isEmpty()) {
        throw badMetadata("path must not be empty");
      }
      return new Target(
          path,
          FileRequests.permission("mode", parsed.getOwner(), parsed.getGroup(), parsed.getMode()));
    } catch (Failure bad) {
      throw bad.code() == Code.INVALID_FILE_METADATA
          ? bad
          : badMetadata(String.valueOf(bad.getMessage()));
    }
  }

  private Failure badMetadata(String problem) {
    return new Failure(Code.INVALID_FILE_METADATA, "metadata " + metadata + ": " + problem);
  }

  private void takeFile(PartContent content) throws IOException {
    requireFewer(++files);
    Target target = waiting.poll();
    if (target == null) {
      upload.begin();
    } else {
      upload.begin(target.path(), target.change());
    }
    for (ByteBuffer bytes = content.next(); bytes.hasRemaining(); bytes = content.next()) {
      upload.write(bytes);
    }
    upload.end();
  }

  private static Failure invalid(String problem) {
    return new Failure(Code.INVALID_FILE, problem);
  }
}
