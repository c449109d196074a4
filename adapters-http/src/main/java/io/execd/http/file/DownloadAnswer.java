package io.execd.http.file;

import io.execd.application.file.FileContent;
import io.execd.domain.Failure;
import io.execd.domain.file.ByteRange;
import io.execd.domain.file.ByteRanges;
import io.execd.http.api.model.ErrorResponse;
import io.execd.http.server.StreamBody;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a download, with all its headers. Owns the content, which is closed with the
 * answer's body, or when there is none. To be asked for one answer.
 */
final class DownloadAnswer {
  private static final String CONTENT_RANGE = "Content-Range";

  private final FileContent content;
  private final Conditions conditions;

  /** Of a file that says it is small. */
  private Optional<StartBody> start = Optional.empty();

  private Validators validators = Validators.NONE;
  private boolean handedOver;

  DownloadAnswer(FileContent content, Conditions conditions) {
    this.content = content;
    this.conditions = conditions;
  }

  /**
   * The file's bytes, or pieces of them.
   *
   * @param range the header of that name
   * @param ifRange the header of that name
   */
  Response bytes(@Nullable String range, @Nullable String ifRange) {
    return answer(() -> {
      List<ByteRange> ranges = range == null ? List.of() : ranges(range, ifRange);
      return named(ranges.isEmpty() ? whole() : pieces(ranges));
    });
  }

  private List<ByteRange> ranges(String range, @Nullable String ifRange) {
    return validators.isSteady() && Conditions.isStill(validators, ifRange)
        ? ByteRanges.of(range, sizeBytes())
        : List.of();
  }

  /** Some lines of the file. */
  Response lines(LineRange lines) {
    return answer(() -> {
      long end = validators.isSteady() ? sizeBytes() : Long.MAX_VALUE;
      return Response.ok(owned(new LineBody(content, lines, end)))
          .header("Content-Type", "text/plain; charset=utf-8");
    });
  }

  private Response answer(Supplier<ResponseBuilder> found) {
    try {
      look();
      ResponseBuilder answer =
          switch (conditions.judge(validators)) {
            case MET -> found.get();
            case UNCHANGED -> Response.status(304);
            case FAILED -> throw changed();
          };
      return validators.describe(answer).build();
    } catch (Failure failed) {
      return unsatisfiable(failed);
    } finally {
      forgetStart();
      if (!handedOver) {
        content.close();
      }
    }
  }

  private void look() {
    if (sizeBytes() <= StartBody.MOST_BYTES) {
      start = Optional.of(StartBody.of(content));
    }
    if (!start.map(StartBody::isMade).orElse(false)) {
      validators = Validators.of(content.status());
    }
  }

  private long sizeBytes() {
    return content.status().sizeBytes();
  }

  private void forgetStart() {
    start.ifPresent(StartBody::forget);
    start = Optional.empty();
  }

  private Failure changed() {
    return new Failure(
        Failure.Code.PRECONDITION_FAILED,
        content.path() + ": it is not the file that If-Match or If-Unmodified-Since means");
  }

  private Response unsatisfiable(Failure failed) {
    if (failed.code() != Failure.Code.RANGE_NOT_SATISFIABLE) {
      throw failed;
    }
    return Response.status(416)
        .header(CONTENT_RANGE, "bytes */" + sizeBytes())
        .type(MediaType.APPLICATION_JSON)
        .entity(new ErrorResponse().code("UNKNOWN").message(String.valueOf(failed.getMessage())))
        .build();
  }

  private StreamBody owned(StreamBody body) {
    handedOver = true;
    return body;
  }

  private ResponseBuilder whole() {
    StreamBody body =
        start.isPresent() ? start.get() : RangeBody.of(content, new ByteRange(0, sizeBytes() - 1));
    start = Optional.empty();
    return Response.ok(owned(body), MediaType.APPLICATION_OCTET_STREAM);
  }

  private ResponseBuilder pieces(List<ByteRange> ranges) {
    if (ranges.size() > 1) {
      ManyRangesBody body = new ManyRangesBody(content, ranges);
      return Response.status(206).entity(owned(body)).header("Content-Type", body.contentType());
    }
    ByteRange range = ranges.getFirst();
    return Response.status(206)
        .entity(owned(RangeBody.of(content, range)))
        .header("Content-Type", MediaType.APPLICATION_OCTET_STREAM)
        .header(
            CONTENT_RANGE, "bytes %d-%d/%d".formatted(range.first(), range.last(), sizeBytes()));
  }

  private ResponseBuilder named(ResponseBuilder answer) {
    return answer
        .header("Accept-Ranges", validators.isSteady() ? "bytes" : "none")
        .header("Content-Disposition", Disposition.attachment(content.path().name()));
  }
}
