package io.execd.http.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.file.FilePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBytesTest {
  /** Bytes as octets, and the JSON of their text. */
  @ParameterizedTest
  @CsvSource({
    "/a b~, /a b~",
    "'/a\"b', '/a\\\"b'",
    "/a\\b, /a\\\\b",
    "/a\\x41, /a\\\\x5Cx41",
    "/a\u0001\u007F, /a\\u0001\\u007f",
    "/\u00C3\u00A9, /\u00e9",
    "/\u00E9, /\\\\xE9"
  })
  void aPathIsItsText(String octets, String json) {
    JsonBytes bytes = new JsonBytes().raw("[").path(new FilePath(octets)).raw("]");
    assertThat(new String(bytes.toByteArray(), UTF_8)).isEqualTo("[\"" + json + "\"]");
  }
}
