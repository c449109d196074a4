package io.execd.http.file;

import io.execd.domain.file.FileStatus;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What tells whether a client has the content that a file has now. A file that makes its content
 * when it is read has none of it: content changes there without a trace.
 *
 * @param tag the entity tag, which is a strong one, with its quotes
 * @param modified when the file was last written, in whole seconds as headers have it
 */
record Validators(Optional<String> tag, Optional<Instant> modified) {
  static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

  static Validators of(FileStatus status) {
    return new Validators(
        Optional.of('"' + status.tag() + '"'),
        Optional.of(status.modified().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Whether pieces of such content can be put together later. */
  boolean isSteady() {
    return tag.isPresent();
  }

  Response.ResponseBuilder describe(Response.ResponseBuilder answer) {
    tag.ifPresent(text -> answer.header("ETag", text));
    modified.ifPresent(time -> answer.header("Last-Modified", HttpDate.text(time)));
    return answer;
  }
}
