package io.execd.http.server;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Lets JSON bodies in. A small one is taken whole before it is parsed, so that a client that stalls
 * holds its bytes and nothing else; a larger one waits for its part of the budget first.
 */
final class BodyGuard implements ReaderInterceptor {
  private static final String LEASE = BodyLease.class.getName();

  /** What HTTP knows beside identity; other words, such as a charset, are a client's mistake. */
  private static final Pattern CODINGS =
      Pattern.compile("gzip|deflate|compress|\\b(?:br|dcb|dcz|zstd)\\b", Pattern.CASE_INSENSITIVE);

  private final Duration pause;

  /** For bodies that may pause so long. */
  BodyGuard(Duration pause) {
    this.pause = pause;
  }

  static void setLease(ContainerRequest request, BodyLease lease) {
    request.setProperty(LEASE, lease);
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    refuseCoding(context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING));
    if (!JsonBody.isRaw(context.getType())) {
      BodyLease lease = (BodyLease) context.getProperty(LEASE);
      long declared = declaredBytes(context.getHeaders());
      context.setInputStream(open(context.getInputStream(), declared, lease));
    }
    return context.proceed();
  }

  /** Compressed bytes would be taken for text, or written into a file as they are. */
  private static void refuseCoding(@Nullable String coding) throws IOException {
    if (coding != null && CODINGS.matcher(coding).find()) {
      throw RefusedBodyException.encoded(coding);
    }
  }

  private static long declaredBytes(MultivaluedMap<String, String> headers) {
    String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  private InputStream open(InputStream in, long declared, BodyLease lease) throws IOException {
    if (declared > Limits.JSON_BODY_BYTES) {
      throw RefusedBodyException.tooLarge();
    }
    LimitedInput limited = new LimitedInput(in, declared, pause);
    if (declared > Limits.SMALL_BODY_BYTES) {
      lease.take(declared);
      return limited;
    }
    byte[] small = limited.readNBytes(declared > 0 ? (int) declared : Limits.SMALL_BODY_BYTES + 1);
    InputStream taken = new ByteArrayInputStream(small);
    if (small.length <= Limits.SMALL_BODY_BYTES) {
      return taken;
    }
    // Its length is not known, and nobody can ask for more later without waiting for each other.
    lease.take(Limits.JSON_BODY_BYTES);
    return new SequenceInputStream(taken, limited);
  }
}
