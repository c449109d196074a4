package io.execd.http.file;

import io.execd.application.file.Listing;
import io.execd.domain.file.FileInfo;
import io.execd.http.server.StreamBody;
import io.execd.http.server.StreamSink;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The entries of a listing as a JSON array. A short one is a whole answer; a long one is written
 * while it is found, so that the first entries leave before the last are known.
 */
final class ListingAnswer implements StreamBody {
  private static final String CUT_HEADER = "EXECD-RESULT-CUT";
  private static final byte[] NOTHING = {};

  private final Listing listing;
  private final JsonBytes out;
  private boolean any;

  private ListingAnswer(Listing listing) {
    this.listing = listing;
    this.out = new JsonBytes().raw("[");
  }

  static Response of(Listing listing, OptionalInt limit) {
    ListingAnswer answer = new ListingAnswer(listing);
    boolean streamed = false;
    try {
      if (limit.isPresent()) {
        boolean cut = answer.gather(limit.getAsInt());
        return Response.ok(answer.end(), MediaType.APPLICATION_JSON)
            .header(CUT_HEADER, cut)
            .build();
      }
      answer.add(listing.next());
      streamed = !listing.isDone();
      return Response.ok(streamed ? answer : answer.end(), MediaType.APPLICATION_JSON).build();
    } finally {
      if (!streamed) {
        listing.close();
      }
    }
  }

  /** Whether there are more entries than the limit. */
  private boolean gather(int limit) {
    int left = limit;
    while (!listing.isDone()) {
      List<FileInfo> next = listing.next();
      add(next.subList(0, Math.min(left, next.size())));
      left -= next.size();
      if (left < 0) {
        return true;
      }
    }
    return false;
  }

  private void add(List<FileInfo> infos) {
    for (FileInfo info : infos) {
      if (any) {
        out.raw(",");
      }
      any = true;
      InfoJson.write(info, out);
    }
  }

  private byte[] end() {
    return out.raw("]").toByteArray();
  }

  @Override
  public void writeTo(StreamSink sink) throws IOException {
    try (listing) {
      while (!listing.isDone()) {
        flush(sink);
        add(listing.next());
      }
      out.raw("]");
      flush(sink);
    }
  }

  /** Also when there is nothing to send: then it shows whether the client is still there. */
  private void flush(StreamSink sink) throws IOException {
    if (out.length() == 0) {
      sink.send(NOTHING, 0, 0);
    } else {
      sink.send(out.array(), 0, out.length());
      out.clear();
    }
  }

  @Override
  public void discard() {
    listing.close();
  }
}
