package io.execd.http.file;

import io.execd.application.file.Filesystem;
import io.execd.application.file.Resumption;
import io.execd.application.file.Upload;
import io.execd.domain.Failure;
import io.execd.domain.file.PermissionChange;
import io.execd.domain.file.UploadChunk;
import io.execd.http.api.model.ErrorResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Takes in a raw body as the content of a file, whole or as a chunk. */
final class ContentWriter {
  private static final String OFFSET_HEADER = "Upload-Offset";
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Filesystem files;
  private final String path;
  private final PermissionChange change;

  ContentWriter(Filesystem files, String path, PermissionChange change) {
    this.files = files;
    this.path = path;
    this.change = change;
  }

  Response whole(InputStream body) throws IOException {
    long size = 0;
    try (Upload upload = files.upload()) {
      upload.begin(path, change);
      byte[] block = new byte[BLOCK_BYTES];
      for (int read = body.read(block); read >= 0; read = body.read(block)) {
        upload.write(ByteBuffer.wrap(block, 0, read));
        size += read;
      }
      upload.end();
      upload.commit();
    }
    try (Resumption earlier = files.resumption(path)) {
      earlier.discard();
    }
    return offset(Response.ok(), size);
  }

  Response chunk(InputStream body, String contentRange) throws IOException {
    UploadChunk chunk = UploadChunk.of(contentRange);
    try (Resumption resumption = files.resumption(path)) {
      if (!resumption.begin(chunk, change)) {
        return misplaced(chunk, resumption.offset().orElse(0));
      }
      byte[] block = new byte[BLOCK_BYTES];
      for (int read = body.read(block); read >= 0; read = body.read(block)) {
        resumption.write(ByteBuffer.wrap(block, 0, read));
      }
      return offset(Response.ok(), resumption.finish());
    }
  }

  private static Response misplaced(UploadChunk chunk, long received) {
    String problem =
        "Content-Range starts at %d, but %d bytes were received".formatted(chunk.first(), received);
    return offset(
        Response.status(409)
            .type(MediaType.APPLICATION_JSON)
            .entity(new ErrorResponse().code("CONFLICT").message(problem)),
        received);
  }

  static Response offset(Filesystem files, String path) {
    try (Resumption resumption = files.resumption(path)) {
      OptionalLong received = resumption.offset();
      if (received.isEmpty()) {
        throw new Failure(Failure.Code.FILE_NOT_FOUND, path + ": no upload is open");
      }
      return offset(Response.ok(), received.getAsLong());
    }
  }

  private static Response offset(Response.ResponseBuilder answer, long received) {
    return answer.header(OFFSET_HEADER, received).build();
  }
}
