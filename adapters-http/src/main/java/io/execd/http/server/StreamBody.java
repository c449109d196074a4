package io.execd.http.server;

import java.io.IOException;

/**
 * A response body that is written while it comes into being. A resource returns it as the entity of
 * its response; it runs after the resource has returned, on a virtual thread of its own and outside
 * of Jersey, so that an idle stream costs little more than its connection.
 *
 * <p>Status and headers go out with the first bytes. Whatever is thrown before them is answered as
 * the JSON error it stands for; whatever is thrown after them closes the connection, so that the
 * client cannot take a cut body for a whole one. When the body returns, it is terminated at once
 * and the connection stays usable.
 */
@FunctionalInterface
public interface StreamBody {
  /**
   * Writes the whole body. May block as long as it likes.
   *
   * @throws IOException what the sink threw: the client is gone and nobody reads on
   */
  void writeTo(StreamSink sink) throws IOException;

  /** The exact number of bytes it will write, which becomes Content-Length; negative: not known. */
  default long lengthBytes() {
    return -1;
  }

  /** Called instead of {@link #writeTo} when nobody wants the bytes: the request is a HEAD. */
  default void discard() {}
}
