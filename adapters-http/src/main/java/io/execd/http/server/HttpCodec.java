package io.execd.http.server;

import java.io.IOException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Grizzly's HTTP/1.1 codec with our limits, strict about requests, and with upgrades to WebSocket
 * only.
 */
final class HttpCodec extends HttpServerFilter {
  private static final Attribute<HeadScan> SCAN =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HeadScan.class.getName());
  private static final Attribute<Boolean> KEPT =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpCodec.class.getName());

  private final OpenConnections connections;
  private final IdleConnections idle;
  private final Patience patience;
  private final RequestId ids;

  /**
   * @param connections lets connections in, and knows what they hold
   * @param idle closes connections that say nothing
   * @param patience how long that may be
   * @param ids names requests that nobody else meets
   */
  // The constructor is deprecated in favour of builders that Grizzly does not have yet.
  @SuppressWarnings("deprecation")
  HttpCodec(OpenConnections connections, IdleConnections idle, Patience patience, RequestId ids) {
    super(
        true,
        Limits.HEADER_BYTES,
        null,
        keepAlive(),
        null,
        Limits.HEADER_COUNT,
        Limits.HEADER_COUNT);
    this.connections = connections;
    this.idle = idle;
    this.patience = patience;
    this.ids = ids;
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

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    return connections.admit((NIOConnection) context.getConnection())
        ? super.handleAccept(context)
        : context.getStopAction();
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    if (LastWord.isSpoken(context.getConnection())) {
      context.<Buffer>getMessage().tryDispose();
      return context.getStopAction();
    }
    try {
      return super.handleRead(context);
    } catch (Error fatal) {
      throw FatalError.reported(fatal);
    }
  }

  /** What the filters after this one have thrown, which Grizzly wraps, logs and forgets. */
  @Override
  public void exceptionOccurred(FilterChainContext context, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error fatal) {
        FatalError.report(fatal);
      }
    }
  }

  @Override
  protected boolean decodeHttpPacket(
      FilterChainContext context, HttpPacketParsing packet, Buffer bytes) {
    HeadScan begun = SCAN.peek(context.getConnection());
    HeadScan scan = begun == null ? new HeadScan() : begun;
    if (!scan.isWhole(bytes)) {
      ConnectionLoad.of(context.getConnection())
          .head((long) Limits.HEAD_COST_BYTES + bytes.remaining());
      if (begun == null) {
        begin(context.getConnection(), scan);
      }
      return false;
    }
    if (begun != null) {
      SCAN.remove(context.getConnection());
      ConnectionLoad.of(context.getConnection()).goesOn();
      IdleConnections.closeLate(context.getConnection());
    }
    if (scan.emptyBytes() > 0) {
      HeaderParsingState state = packet.getHeaderParsingState();
      state.offset = bytes.position() + scan.emptyBytes();
      state.start = state.offset;
    }
    return super.decodeHttpPacket(context, packet, bytes);
  }

  private void begin(Connection<?> connection, HeadScan scan) {
    SCAN.set(connection, scan);
    idle.closeAt(connection, System.currentTimeMillis() + patience.head().toMillis());
  }

  @Override
  protected boolean onHttpHeaderParsed(
      HttpHeader header, Buffer bytes, FilterChainContext context) {
    ConnectionLoad.of(context.getConnection()).requested();
    HttpRequestPacket request = (HttpRequestPacket) header;
    if (super.onHttpHeaderParsed(header, bytes, context)) {
      boolean version = request.getResponse().getStatus() == 505;
      throw version
          ? new BadHeadException(HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, "HTTP version")
          : new BadHeadException(HttpStatus.BAD_REQUEST_400, "Host or Content-Length");
    }
    HeaderParsingState state = ((HttpPacketParsing) header).getHeaderParsingState();
    if (request.isChunked() && state.contentLengthHeadersCount > 0) {
      // Grizzly has dropped the header.
      throw new BadHeadException(HttpStatus.BAD_REQUEST_400, "Content-Length");
    }
    RequestHead.check(request);
    return false;
  }

  @Override
  protected void onHttpHeaderError(
      HttpHeader header, FilterChainContext context, Throwable problem) {
    BadHeadException bad =
        problem instanceof BadHeadException known
            ? known
            : new BadHeadException(HttpStatus.BAD_REQUEST_400, "headers");
    String id = ids.next();
    RequestLog.refused(id, bad.answer());
    LastWord.speak(context, id, bad.answer());
    long end = System.currentTimeMillis() + patience.linger().toMillis();
    idle.closeAt(context.getConnection(), end);
  }

  /** Grizzly ends the connection with many errors; ours leave it in order. */
  @Override
  protected Buffer encodeHttpPacket(FilterChainContext context, HttpPacket packet) {
    HttpHeader header =
        packet.isHeader() ? (HttpHeader) packet : ((HttpContent) packet).getHttpHeader();
    if (!header.isCommitted() && isKept((HttpResponsePacket) header)) {
      KEPT.set(header, true);
    }
    return super.encodeHttpPacket(context, packet);
  }

  private static boolean isKept(HttpResponsePacket response) {
    HttpRequestPacket request = response.getRequest();
    return response.getStatus() >= 400
        && statusDropsConnection(response.getStatus())
        && request.getProcessingState().isStayAlive()
        && !request.isExpectContent()
        && request.getProtocol() == Protocol.HTTP_1_1
        && response.getHeaders().getValue(Header.Connection) == null;
  }

  /** Called when Grizzly has decided, and before the headers are written. */
  @Override
  protected void onInitialLineEncoded(HttpHeader header, FilterChainContext context) {
    // To ask a header for anything makes it clear its attributes in the end.
    if (((HttpResponsePacket) header).getStatus() >= 400 && KEPT.remove(header) != null) {
      header.getProcessingState().setKeepAlive(true);
      header.getHeaders().removeHeader(Header.Connection);
    }
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event)
      throws IOException {
    if (event.type().equals(HttpEvents.ResponseCompleteEvent.TYPE)) {
      HttpRequestPacket request = HttpContext.get(context).getRequest();
      // What is left of a body is still to be read past.
      if (!request.isExpectContent() && !request.getProcessingState().isStayAlive()) {
        LastWord.spoken(context.getConnection());
      }
    }
    return super.handleEvent(context, event);
  }

  /** The answer to a body that could not be parsed. */
  @Override
  protected HttpContent customizeErrorResponse(HttpResponsePacket response) {
    byte[] body = Answer.ofStatus(response.getStatus(), "malformed HTTP request").json();
    response.setContentType("application/json");
    response.setContentLength(body.length);
    Buffer buffer = Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, body);
    return HttpContent.builder(response).content(buffer).last(true).build();
  }
}
