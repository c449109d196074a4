package io.execd.http.server;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/** Grizzly's HTTP/1.1 codec with our limits, our error body, and upgrades to WebSocket only. */
final class HttpCodec extends HttpServerFilter {
  // The constructor is deprecated in favour of builders that Grizzly does not have yet.
  @SuppressWarnings("deprecation")
  HttpCodec() {
    super(
        true,
        Limits.HEADER_BYTES,
        null,
        keepAlive(),
        null,
        Limits.HEADER_COUNT,
        Limits.HEADER_COUNT);
    setAllowPayloadForUndefinedHttpMethods(true);
    setMaxPayloadRemainderToSkip(Limits.DROPPED_BODY_BYTES);
    for (TransferEncoding encoding : getTransferEncodings()) {
      if (encoding instanceof ChunkedTransferEncoding) {
        removeTransferEncoding(encoding);
      }
    }
    addTransferEncoding(new ChunkedBody());
  }

  private static KeepAlive keepAlive() {
    KeepAlive keepAlive = new KeepAlive();
    keepAlive.setMaxRequestsCount(-1);
    keepAlive.setIdleTimeoutInSeconds(-1);
    return keepAlive;
  }

  /**
   * An offer to upgrade to something else is not taken, and must not change how the body is read:
   * Grizzly would wait for the end of the connection (Java's HttpClient and curl offer h2c).
   */
  @Override
  protected void onIncomingUpgrade(FilterChainContext context, HttpHeader header) {
    if (header.getUpgradeDC().equalsIgnoreCase("websocket")) {
      super.onIncomingUpgrade(context, header);
    } else {
      header.getUpgradeDC().recycle();
    }
  }

  /** The answer to a request that could not be parsed. */
  @Override
  protected HttpContent customizeErrorResponse(HttpResponsePacket response) {
    byte[] body = Answer.ofStatus(response.getStatus(), "malformed HTTP request").json();
    response.setContentType("application/json");
    response.setContentLength(body.length);
    Buffer buffer = Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, body);
    return HttpContent.builder(response).content(buffer).last(true).build();
  }
}
