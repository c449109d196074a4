package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.domain.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] GOOD = {
    "{\"a\":\"x\\n\\ud83d\\ude00é\",\"b\":[1,{\"c\":\"]}\"}],\"d\":null,\"e\":-1.5e3}",
    "{\"header\":{\"msg_type\":\"stream\"},\"content\":{\"text\":\"a\\\\\\\"b\"},\"buffers\":[]}",
    "[[[[{}]]]]"
  };

  /** The fields, or the refusal. */
  private static List<String> read(byte[] text, int bufferBytes) {
    List<String> fields = new ArrayList<>();
    try {
      JsonScanner json = new JsonScanner(new ByteArrayInputStream(text), bufferBytes);
      json.object(name -> fields.add(name + "=" + json.string(4000)));
    } catch (IOException refused) {
      fields.add("refused: " + refused.getMessage());
    }
    return fields;
  }

  @Test
  void theBufferChangesNothingAndOnlyMalformedTextIsRefused() {
    Fuzz.rounds(
        8000,
        fuzz -> {
          byte[] text = fuzz.mutant(GOOD).getBytes(StandardCharsets.UTF_8);
          List<String> whole = read(text, 8192);
          assertThat(read(text, 1 + fuzz.below(40))).isEqualTo(whole);
          if (whole.stream().anyMatch(field -> field.startsWith("refused"))) {
            assertThat(isJson(text)).as(new String(text, StandardCharsets.UTF_8)).isFalse();
          }
        });
  }

  private static boolean isJson(byte[] text) {
    try {
      return JSON.readTree(text) != null && text.length > 0 && !JSON.readTree(text).isMissingNode();
    } catch (IOException noJson) {
      return false;
    }
  }

  @Test
  void textIsWhatJacksonWrote() {
    Fuzz.rounds(
        5000,
        fuzz -> {
          String text = fuzz.mutant("plain", "quote\" back\\ é😀\u2028", "\u0000\u001f\u007f");
          String name = fuzz.mutant("name", "a.b");
          byte[] json = JSON.writeValueAsBytes(Map.of(name, text));
          assertThat(read(json, 1 + fuzz.below(40))).containsExactly(utf8(name) + "=" + utf8(text));
        });
  }

  /** Without halves of surrogate pairs, which UTF-8 cannot say. */
  private static String utf8(String text) {
    return text.replaceAll("[\\ud800-\\udfff]", "\uFFFD");
  }
}
