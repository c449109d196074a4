package io.execd.http.server;

import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.http.util.MimeHeaders;

/** What must hold of a request's headers together so that everybody finds the same body. */
final class RequestHead {
  private RequestHead() {}

  /** Refuses a request of which Grizzly would find another body than others do. */
  static void check(HttpRequestPacket request) {
    Protocol protocol = request.getProtocol();
    if (protocol != Protocol.HTTP_1_1 && protocol != Protocol.HTTP_1_0) {
      throw new BadHeadException(HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, "HTTP version");
    }
    Method method = request.getMethod();
    if (method == Method.CONNECT || method == Method.PRI) {
      // Grizzly takes all that follows for the body, and does not close the connection.
      throw new BadHeadException(HttpStatus.NOT_IMPLEMENTED_501, "this method is not supported");
    }
    MimeHeaders headers = request.getHeaders();
    boolean encoded = headers.getValue(Header.TransferEncoding) != null;
    boolean measured = headers.getValue(Header.ContentLength) != null;
    require(!encoded || isEncodedWell(request), "Transfer-Encoding");
    require(!measured || isMeasuredWell(headers, encoded), "Content-Length");
    require(count(headers, Header.Host) <= 1, "Host");
    boolean body = request.isChunked() || request.getContentLength() > 0;
    // Grizzly would read the body of a TRACE as the next request.
    require(!body || request.isExpectContent(), "a body that cannot be");
  }

  private static boolean isEncodedWell(HttpRequestPacket request) {
    MimeHeaders headers = request.getHeaders();
    return request.getProtocol() == Protocol.HTTP_1_1
        && count(headers, Header.TransferEncoding) == 1
        && headers.getValue(Header.TransferEncoding).equalsIgnoreCase("chunked");
  }

  private static boolean isMeasuredWell(MimeHeaders headers, boolean encoded) {
    String length = headers.getValue(Header.ContentLength).toString();
    return !encoded
        && count(headers, Header.ContentLength) == 1
        && !length.isEmpty()
        && length.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static int count(MimeHeaders headers, Header header) {
    int count = 0;
    for (int at = 0; at < headers.size(); at++) {
      DataChunk name = headers.getName(at);
      if (name.getLength() == header.toString().length()
          && name.equalsIgnoreCase(header.getBytes())) {
        count++;
      }
    }
    return count;
  }

  private static void require(boolean good, String what) {
    if (!good) {
      throw new BadHeadException(HttpStatus.BAD_REQUEST_400, what);
    }
  }
}
