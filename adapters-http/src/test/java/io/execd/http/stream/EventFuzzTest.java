package io.execd.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.domain.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Java's decoder puts one U+FFFD for each maximal part, too, except after 0xED: there it takes a
   * half of a surrogate pair for one part.
   */
  @Test
  void jacksonReadsWhatWasEscapedHoweverItArrived() {
    Fuzz.rounds(
        20_000,
        fuzz -> {
          byte[] text =
              fuzz.mutant("plain text that is long enough for eight", "é€😀\u2028\"\\")
                  .getBytes(fuzz.below(4) == 0 ? StandardCharsets.ISO_8859_1 : UTF_8);
          if (fuzz.below(4) == 0) {
            text = fuzz.bytes(fuzz.below(80));
            replace(text, (byte) 0xED, (byte) 'x');
          }
          Bytes out = new Bytes(8);
          JsonText escaper = new JsonText();
          int from = 0;
          for (int piece : fuzz.pieces(text.length)) {
            escaper.escapePart(text, from, from + piece, out);
            from += piece;
          }
          escaper.finish(out);
          String json = '"' + new String(Arrays.copyOf(out.array(), out.length()), UTF_8) + '"';
          assertThat(JSON.readValue(json, String.class)).isEqualTo(new String(text, UTF_8));
          assertThat(json).doesNotContain("\n", "\r", "\u0085", "\u2028", "\u2029");
        });
  }

  private static void replace(byte[] bytes, byte wanted, byte by) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == wanted ? by : bytes[i];
    }
  }
}
