package io.execd.http.server;

import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.http.server.Request;

/** Names requests: by the name the client gave, else by one that no other request has. */
final class RequestId {
  static final String HEADER = "X-Request-ID";
  private static final int LONGEST = 128;

  /** Tells one run of the daemon from another; no secret, so it need not cost a secure random. */
  private final String prefix = HexFormat.of().toHexDigits(new SplittableRandom().nextInt()) + "-";

  private final AtomicLong count = new AtomicLong();

  String of(Request request) {
    String given = request.getHeader(HEADER);
    return given != null && isUsable(given) ? given : next();
  }

  String next() {
    return prefix + count.incrementAndGet();
  }

  /** It is copied into an answer and a log line, so it must be one short printable word. */
  private static boolean isUsable(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST
        && id.chars().allMatch(character -> character > ' ' && character < 0x7F);
  }
}
