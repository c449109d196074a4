package io.execd.http.server;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Tells Jersey that a stream is an entity, and writes nothing: {@link JerseyBridge} runs it. */
final class StreamBodyWriter implements MessageBodyWriter<StreamBody> {
  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return StreamBody.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      StreamBody body,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {}
}
