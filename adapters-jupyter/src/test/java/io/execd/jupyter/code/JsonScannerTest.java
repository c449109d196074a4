package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with Jackson where both can say something. */
class JsonScannerTest {
  private static final String TEXT =
      "{ \"a\" : \"x\\n\\t\\\"\\\\\\/é\\u00e9\\ud83d\\ude00😀\", \"b\":[1, {\"c\":\"]}\"}] ,\"d\":null,\"e\":-1.5e3,\"f\":true}";

  private static JsonScanner scanner(String text, int buffer) {
    return new JsonScanner(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), buffer);
  }

  private static Map<String, String> fields(String text, int buffer) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    JsonScanner json = scanner(text, buffer);
    json.object(name -> fields.put(name, json.string(1000)));
    return fields;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
  void textIsWholeWhereverItIsCut(int buffer) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    new ObjectMapper()
        .readTree(TEXT)
        .properties()
        .forEach(e ->
            expected.put(
                e.getKey(),
                e.getValue().isTextual() ? e.getValue().asText() : e.getValue().toString()));
    expected.put("e", "-1.5e3");
    assertThat(fields(TEXT, buffer)).isEqualTo(expected);
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() throws Exception {
    assertThat(fields("{\"a\":\"\\ud83dx\\ude00\\ud83d\"}", 64))
        .containsValue("\uFFFDx\uFFFD\uFFFD");
  }

  @Test
  void aLongTextIsCut() throws Exception {
    assertThat(scanner("\"" + "x".repeat(5000) + "\"", 64).string(100)).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":\"x",
        "{\"a\" 1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":[1}",
        "{\"a\":?}"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> fields(text, 64)).isInstanceOf(IOException.class);
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> scanner("[".repeat(100_000), 64).skip())
        .isInstanceOf(IOException.class);
  }
}
