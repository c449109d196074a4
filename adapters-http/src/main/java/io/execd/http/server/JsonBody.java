package io.execd.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.domain.Failure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON bodies as Jersey's only JSON provider. */
final class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
  /** Types that a resource asks for when it wants the bytes themselves. */
  private static final Set<Class<?>> RAW =
      Set.of(byte[].class, String.class, InputStream.class, Reader.class, File.class);

  private final ObjectMapper mapper = JsonFormat.newMapper();

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return !isRaw(type);
  }

  /** Whether a resource that asks for this type gets the bytes, unread and without a limit. */
  static boolean isRaw(Class<?> type) {
    return RAW.contains(type);
  }

  @Override
  public @Nullable Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    try {
      return parse(generic, strictUtf8(in));
    } catch (JsonProcessingException problem) {
      if (isOptional(annotations) && JsonProblem.isNothing(problem)) {
        return null;
      }
      throw refusal(problem);
    } catch (CharacterCodingException problem) {
      throw JsonProblem.notUtf8(problem);
    }
  }

  private static boolean isOptional(Annotation[] annotations) {
    return Arrays.stream(annotations).anyMatch(OptionalBody.class::isInstance);
  }

  /** Jackson would guess other encodings from the first bytes and let some bad bytes pass. */
  private static Reader strictUtf8(InputStream in) {
    return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
  }

  private Object parse(Type type, Reader in) throws IOException {
    Object value = mapper.readValue(in, mapper.constructType(type));
    if (value == null) {
      throw Failure.invalidField(JsonProblem.BODY, "must not be null");
    }
    return value;
  }

  /** Inside of an array the parser wraps even an I/O exception. */
  private static RuntimeException refusal(JsonProcessingException problem)
      throws RefusedBodyException {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedBodyException refused) {
        throw refused;
      }
    }
    return JsonProblem.describe(problem);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return !isRaw(type) && !StreamBody.class.isAssignableFrom(type) && isJson(media);
  }

  private static boolean isJson(@Nullable MediaType media) {
    return media != null && media.isCompatible(MediaType.APPLICATION_JSON_TYPE);
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(mapper.writeValueAsBytes(value));
  }
}
