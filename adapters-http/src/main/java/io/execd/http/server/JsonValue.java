package io.execd.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.domain.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON that is no body of its own, by the same rules. */
public final class JsonValue {
  private static final ObjectMapper MAPPER = JsonFormat.newMapper();

  private JsonValue() {}

  /**
   * The value.
   *
   * @throws Failure INVALID_REQUEST when it is no JSON of that type, or null
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw Failure.invalidField(JsonProblem.BODY, "must not be null");
      }
      return value;
    } catch (JsonProcessingException problem) {
      throw JsonProblem.describe(problem);
    } catch (CharacterCodingException problem) {
      throw JsonProblem.notUtf8(problem);
    }
  }
}
