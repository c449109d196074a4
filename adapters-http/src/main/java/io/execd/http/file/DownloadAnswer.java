package io.execd.http.file;

import io.execd.application.file.FileContent;
import io.execd.domain.Failure;
import io.execd.domain.file.ByteRange;
import io.execd.domain.file.FileStatus;
import io.execd.http.api.model.ErrorResponse;
import io.execd.http.server.StreamBody;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The answer to a download, with all its headers. */
final class DownloadAnswer {
  private static final String CONTENT_RANGE = "Content-Range";

  private DownloadAnswer() {}

  /** Takes the content over: it is closed with the answer's body, or here. */
  static Response of(FileContent content, Conditions conditions) {
    boolean handedOver = false;
    try {
      FileStatus status = content.status();
      if (conditions.isUnchanged(status)) {
        return describe(Response.status(304), status).build();
      }
      List<ByteRange> ranges =
          SizelessBody.isNeeded(content) ? List.of() : conditions.ranges(status);
      Response answer = answer(content, ranges);
      handedOver = true;
      return answer;
    } catch (Failure failed) {
      return unsatisfiable(failed, content.status());
    } finally {
      if (!handedOver) {
        content.close();
      }
    }
  }

  private static Response unsatisfiable(Failure failed, FileStatus status) {
    if (failed.code() != Failure.Code.RANGE_NOT_SATISFIABLE) {
      throw failed;
    }
    return Response.status(416)
        .header(CONTENT_RANGE, "bytes */" + status.sizeBytes())
        .type(MediaType.APPLICATION_JSON)
        .entity(new ErrorResponse().code("UNKNOWN").message(String.valueOf(failed.getMessage())))
        .build();
  }

  private static Response answer(FileContent content, List<ByteRange> ranges) {
    FileStatus status = content.status();
    if (ranges.isEmpty()) {
      StreamBody body =
          status.sizeBytes() == 0
              ? SizelessBody.of(content)
              : RangeBody.of(content, new ByteRange(0, status.sizeBytes() - 1));
      return named(Response.ok(body), content, MediaType.APPLICATION_OCTET_STREAM);
    }
    if (ranges.size() > 1) {
      ManyRangesBody body = new ManyRangesBody(content, ranges);
      return named(Response.status(206).entity(body), content, body.contentType());
    }
    ByteRange range = ranges.getFirst();
    String place = "bytes %d-%d/%d".formatted(range.first(), range.last(), status.sizeBytes());
    return named(
        Response.status(206).entity(RangeBody.of(content, range)).header(CONTENT_RANGE, place),
        content,
        MediaType.APPLICATION_OCTET_STREAM);
  }

  private static Response named(
      Response.ResponseBuilder response, FileContent content, String type) {
    return describe(response, content.status())
        .header("Content-Type", type)
        .header("Content-Disposition", Disposition.attachment(content.path().name()))
        .build();
  }

  private static Response.ResponseBuilder describe(
      Response.ResponseBuilder response, FileStatus status) {
    return response
        .header("Accept-Ranges", "bytes")
        .header("ETag", Conditions.tag(status))
        .header("Last-Modified", Conditions.lastModified(status));
  }
}
